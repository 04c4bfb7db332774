/** Names and addresses of people who do not exist, the same on every machine: a demo that looks like Japan. */

const FAMILY = [
  '佐藤',
  '鈴木',
  '高橋',
  '田中',
  '伊藤',
  '渡辺',
  '山本',
  '中村',
  '小林',
  '加藤',
  '吉田',
  '山田',
  '佐々木',
  '山口',
  '松本',
  '井上',
  '木村',
  '林',
  '斎藤',
  '清水',
];
const FAMILY_ROMAN = [
  'sato',
  'suzuki',
  'takahashi',
  'tanaka',
  'ito',
  'watanabe',
  'yamamoto',
  'nakamura',
  'kobayashi',
  'kato',
  'yoshida',
  'yamada',
  'sasaki',
  'yamaguchi',
  'matsumoto',
  'inoue',
  'kimura',
  'hayashi',
  'saito',
  'shimizu',
];
const GIVEN = [
  '陽菜',
  '結衣',
  '美咲',
  '葵',
  '凛',
  '蓮',
  '陽翔',
  '湊',
  '大翔',
  '樹',
  'さくら',
  '千尋',
  '直樹',
  '健太',
  '恵子',
  '裕子',
];
const GIVEN_ROMAN = [
  'hina',
  'yui',
  'misaki',
  'aoi',
  'rin',
  'ren',
  'haruto',
  'minato',
  'hiroto',
  'itsuki',
  'sakura',
  'chihiro',
  'naoki',
  'kenta',
  'keiko',
  'yuko',
];
const PREFECTURES = [
  '東京都',
  '大阪府',
  '愛知県',
  '福岡県',
  '北海道',
  '宮城県',
  '広島県',
  '京都府',
  '沖縄県',
  '長野県',
];

export interface Person {
  email: string;
  name: string;
  prefecture: string;
  points: string;
}

/** Where half of a Japanese list lives: with the carriers. Shares are the demo's, not a statistic. */
export const CARRIER_MIX: readonly (readonly [domain: string, share: number])[] = [
  ['docomo.example', 0.3],
  ['au.example', 0.18],
  ['softbank.example', 0.14],
  ['gmail.example', 0.22],
  ['company.example', 0.16],
];

/**
 * `count` people spread over `mix`. With `isTroubled` every 50th has a full mailbox, every 40th is asked to come back; every
 * 50th has no mailbox in any case.
 */
export function people(
  count: number,
  mix: readonly (readonly [string, number])[],
  { isTroubled = true } = {},
): Person[] {
  return Array.from({ length: count }, (_, i) => {
    const family = i % FAMILY.length;
    const given = (i * 7) % GIVEN.length;
    const local = `${GIVEN_ROMAN[given]}.${FAMILY_ROMAN[family]}${i}`;
    return {
      email: `${mannerOf(i, isTroubled)}${local}@${domainOf(i, count, mix)}`,
      name: `${FAMILY[family]} ${GIVEN[given]}`,
      prefecture: PREFECTURES[i % PREFECTURES.length] as string,
      points: String((i * 37) % 5_000),
    };
  });
}

function mannerOf(i: number, isTroubled: boolean): string {
  if (i % 50 === 17) return 'unknown-';
  if (!isTroubled) return '';
  if (i % 50 === 33) return 'full-';
  return i % 40 === 21 ? 'tempfail-once-' : '';
}

/** Evenly mixed, so that every destination is busy from the first minute to the last. */
function domainOf(i: number, count: number, mix: readonly (readonly [string, number])[]): string {
  // A step that is coprime to most counts walks through all shares without clumps.
  let place = ((i * 7_919) % count) / count;
  for (const [domain, share] of mix) {
    if (place < share) return domain;
    place -= share;
  }
  return (mix.at(-1) as readonly [string, number])[0];
}
