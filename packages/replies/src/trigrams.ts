/**
 * Which three-letter pieces a text has, as a bit set: a phrase whose pieces are not all there cannot be in the text. Most
 * phrases of most rules are ruled out so, without being looked for; a bit too many costs time and never an answer.
 */

/** The set of a text. Made once a reply and asked for every phrase. */
export function trigramsOf(text: string): Trigrams {
  const set = new Uint32Array(WORDS);
  let a = 0;
  let b = 0;
  for (let at = 0; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (at >= 2) {
      const bit = bitOf(a, b, c);
      set[bit >>> 5] = (set[bit >>> 5] as number) | (1 << (bit & 31));
    }
    a = b;
    b = c;
  }
  return set;
}

/** The bits that a phrase needs, each once; short parts need none. At most four: the rest is for the search itself. */
export function trigramsNeeded(parts: readonly string[]): readonly number[] {
  const bits = new Set<number>();
  for (const part of parts)
    for (let at = 2; at < part.length; at++)
      bits.add(bitOf(part.charCodeAt(at - 2), part.charCodeAt(at - 1), part.charCodeAt(at)));
  // Spread over the phrase: its beginning is often a word that many replies have.
  const all = [...bits];
  const step = Math.max(1, Math.floor(all.length / NEEDED_MAX));
  return all.filter((_, at) => at % step === 0).slice(0, NEEDED_MAX);
}

/** Whether a text of this set may have a phrase that needs these bits. */
export function mayHave(set: Trigrams, needed: readonly number[]): boolean {
  for (const bit of needed)
    if (((set[bit >>> 5] as number) & (1 << (bit & 31))) === 0) return false;
  return true;
}

function bitOf(a: number, b: number, c: number): number {
  return ((a * 31 + b) * 37 + c) & (WORDS * 32 - 1);
}

const WORDS = 64;
const NEEDED_MAX = 4;

export type Trigrams = Uint32Array;
