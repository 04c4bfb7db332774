/**
 * A list as a shop would export it: rows of which everything that should become of them is known beforehand. The same
 * on every machine. People with dead mailboxes stand amid others: cleaning asks for accepted mail before and after.
 */

/** `deferred`: accepted at the second attempt. `unknown`: accepted by a server that then hangs up without a reply. */
export type Fate = 'accepted' | 'deferred' | 'dead' | 'unknown';

export interface Person {
  email: string;
  domain: string;
  name: string;
  company: string;
  note: string;
  fate: Fate;
}

export interface MailList {
  /** Decoded; CRLF, with a header. */
  csv: string;
  /** Everybody once, in order. */
  people: Person[];
  /** Whom a later row repeats, once for each such row. */
  repeated: Person[];
  refused: { line: number; code: string; value: string }[];
}

/** `mark` keeps the addresses of two lists apart. Of 40 rows one is bad; of 1,000 rows 35 repeat somebody. */
export function makeMailList(rows: number, mark: string): MailList {
  const list: MailList = { csv: '', people: [], repeated: [], refused: [] };
  const lines = ['会員番号,お名前,メールアドレス,会社名,"備考"'];
  let line = 2;
  for (let index = 0; index < rows; index++) {
    const number = String(index + 1).padStart(6, '0');
    const text = lineOf(list, { index, number, line, place: index / rows, mark });
    lines.push(text);
    line += text.split('\n').length;
  }
  list.csv = `${lines.join('\r\n')}\r\n`;
  return list;
}

function lineOf(list: MailList, row: Row): string {
  const { index, number } = row;
  if (index % 40 === 39) return badLine(list, row);
  if (index % 40 === 13 || index % 100 === 57) {
    const twin = list.people[Math.floor(list.people.length / 2)] as Person;
    // The same person, as people write themselves the second time; under another name, which must not win.
    const email = TWINS[list.repeated.push(twin) % TWINS.length]?.(twin.email) ?? '';
    return csvLine([number, `別名 ${number}`, email, '', '']);
  }
  const person = makePerson(list.people.length, row);
  list.people.push(person);
  return csvLine([number, person.name, person.email, person.company, person.note]);
}

function makePerson(count: number, { index, place, mark }: Row): Person {
  const domain = domainOf((count * 7_919) % 100);
  const fate = fateOf(count, place);
  return {
    email: `${PREFIX[fate]}${mark}${count}@${domain}`,
    domain,
    name: `${FAMILY[index % FAMILY.length]} ${GIVEN[(index * 3) % GIVEN.length]}`,
    company: COMPANIES[index % COMPANIES.length] as string,
    note: NOTES[index % NOTES.length] as string,
    fate,
  };
}

function fateOf(count: number, place: number): Fate {
  if (count % 1_499 === 750) return 'unknown';
  if (count % 53 === 7) return 'deferred';
  return place > 0.15 && place < 0.85 && count % 29 === 11 ? 'dead' : 'accepted';
}

function badLine(list: MailList, { number, line }: Row): string {
  const [code, address, extra] = BAD[list.refused.length % BAD.length] as (typeof BAD)[number];
  list.refused.push({ line, code, value: extra ?? address });
  return csvLine([number, '読めない 行', address, '', '', ...(extra ? [extra] : [])]);
}

/** Quotes what has to be quoted (RFC 4180). */
function csvLine(cells: readonly string[]): string {
  return cells
    .map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',');
}

function domainOf(percent: number): string {
  let left = percent;
  for (const [domain, share] of DOMAINS) {
    if (left < share) return domain;
    left -= share;
  }
  return 'company.example';
}

/** The receiver's manners by the beginning of the local part, see apps/receiver/README.md. */
const PREFIX: Record<Fate, string> = {
  accepted: '',
  deferred: 'tempfail-once-',
  dead: 'unknown-',
  unknown: 'drop-after-dot-',
};

const DOMAINS = [
  ['docomo.example', 28],
  ['au.example', 14],
  ['ezweb.example', 4],
  ['softbank.example', 12],
  ['i-softbank.example', 2],
  ['gmail.example', 22],
  ['company.example', 12],
  ['hotel.example', 6],
] as const;

const BAD: [code: string, address: string, extra?: string][] = [
  ['no-address', ''],
  ['bad-address', 'tanaka.example'],
  ['bad-domain', 'suzuki@-docomo-.example'],
  ['non-ascii-local-part', '鈴木@docomo.example'],
  ['too-many-columns', 'sato@docomo.example', 'あまり'],
];

const TWINS: ((email: string) => string)[] = [
  (email) => email,
  (email) => email.toUpperCase(),
  (email) => ` ${email.replace('@', '＠')} `,
];

// 表, ソ, 能, 予 and ― end in the byte of a backslash; 髙, ① and ㈱ are of code page 932 alone.
const FAMILY = ['表', '髙橋', '佐藤', '能登', '鈴木', '予田', '渡邉', '小鳥遊', '山﨑', '田中'];
const GIVEN = ['花子', 'ソフィア', '太郎', '美咲', 'ｱｷﾗ', '健太', '十和子'];
const COMPANIES = ['株式会社飛脚', '㈱ソニックス', '表参道商店', '有限会社 十能', '', '①号店'];
const NOTES = ['', '折り返し―電話', '～ご希望あり', '一行目, "表示"\r\n二行目', '', '甲, 乙', ''];

interface Row {
  index: number;
  number: string;
  /** Where it begins in the file, from 1. */
  line: number;
  /** 0 … 1 */
  place: number;
  mark: string;
}
