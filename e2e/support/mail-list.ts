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
  fate: Fate;
}

export interface MailList {
  /** Decoded; CRLF, with a header. */
  csv: string;
  /** Everybody once, in order. */
  people: Person[];
  /** Rows that are not blank, without the header. */
  rows: number;
  duplicates: number;
  refused: { line: number; code: string; value: string }[];
}

/** `mark` keeps the addresses of two lists apart. Of 40 rows one is bad; of 1,000 rows 35 repeat somebody. */
export function makeMailList(rows: number, mark: string): MailList {
  const list: MailList = { csv: '', people: [], rows, duplicates: 0, refused: [] };
  const lines = ['会員番号,お名前,メールアドレス,会社名,"備考"'];
  let line = 2;
  for (let row = 0; row < rows; row++) {
    const number = String(row + 1).padStart(6, '0');
    const text = lineOf(list, row, rows, number, mark, line);
    lines.push(text);
    line += text.split('\r\n').length;
  }
  list.csv = `${lines.join('\r\n')}\r\n`;
  return list;
}

function lineOf(
  list: MailList,
  row: number,
  rows: number,
  number: string,
  mark: string,
  line: number,
): string {
  if (row % 40 === 39) return badLine(list, number, line);
  const name = `${FAMILY[row % FAMILY.length]} ${GIVEN[(row * 7) % GIVEN.length]}`;
  const company = COMPANIES[row % COMPANIES.length] as string;
  if (row % 40 === 13 || row % 100 === 57) {
    const twin = list.people[Math.floor(list.people.length / 2)] as Person;
    // The same person, as people write themselves the second time; under another name, which must not win.
    const repeated = TWINS[list.duplicates++ % TWINS.length]?.(twin.email) ?? '';
    return [number, `別名 ${number}`, repeated, company, ''].join(',');
  }
  const person = makePerson(list.people.length, row / rows, name, company, mark);
  list.people.push(person);
  const note = row % 200 === 3 ? '"一行目, ""表示""\r\n二行目"' : NOTES[row % NOTES.length];
  return [number, name, person.email, company, note].join(',');
}

function makePerson(
  index: number,
  place: number,
  name: string,
  company: string,
  mark: string,
): Person {
  const domain = domainOf((index * 7_919) % 100);
  const fate = fateOf(index, place);
  return { email: `${PREFIX[fate]}${mark}${index}@${domain}`, domain, name, company, fate };
}

function fateOf(index: number, place: number): Fate {
  if (index % 1_500 === 750) return 'unknown';
  if (index % 53 === 7) return 'deferred';
  return place > 0.15 && place < 0.85 && index % 29 === 11 ? 'dead' : 'accepted';
}

function badLine(list: MailList, number: string, line: number): string {
  const [code, address, extra] = BAD[list.refused.length % BAD.length] as (typeof BAD)[number];
  list.refused.push({ line, code, value: extra ?? address });
  return [number, '読めない 行', address, '', '', ...(extra ? [extra] : [])].join(',');
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
const NOTES = ['', '折り返し―電話', '～ご希望あり', '"甲, 乙"'];
