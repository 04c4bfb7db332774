/**
 * Content on the wire: CRLF lines only, dots stuffed, an end mark behind. Neither a bare CR nor a bare LF leaves, so that
 * no server can see the end of a message where there is none ("smuggling"). RFC 5321 §4.5.2, §4.1.1.4.
 */

const CR = 13;
const LF = 10;
const DOT = 46;

/**
 * Content as it is written before the end mark: stuffed, its line ends CRLF, the last line ended. Returns the same array
 * where nothing had to change, which is the usual case.
 */
export function dressContent(content: Uint8Array): Uint8Array {
  const extra = countExtra(content);
  return extra === 0 ? content : rewrite(content, extra);
}

/** How many bytes rewriting would add; one pass, in which four bytes of text cost one comparison. */
function countExtra(content: Uint8Array): number {
  const length = content.length;
  const { words, skew } = wordsOf(content);
  let extra = length > 0 && content[0] === DOT ? 1 : 0;
  for (let i = 0; i < length; i += 1) {
    if (((i - skew) & 3) === 0) {
      let at = (i - skew) >> 2;
      while (at < words.length && !mayHoldLineEnd(words[at] as number)) at += 1;
      i = (at << 2) + skew;
      if (i >= length) break;
    }
    const byte = content[i] as number;
    if (byte > CR) continue;
    if (byte === CR) {
      if (content[i + 1] === LF) i += 1;
      else extra += 1;
    } else if (byte === LF) extra += 1;
    else continue;
    if (content[i + 1] === DOT) extra += 1;
  }
  const last = content[length - 1];
  if (length > 0 && last !== LF && last !== CR) extra += 2;
  return extra;
}

/** The same bytes four at a time, from the first that is aligned: `skew` bytes behind the beginning. */
function wordsOf({ buffer, byteOffset, length }: Uint8Array): { words: Int32Array; skew: number } {
  const skew = -byteOffset & 3;
  const count = (length - skew) >> 2;
  return { words: count > 0 ? new Int32Array(buffer, byteOffset + skew, count) : NO_WORDS, skew };
}

/** True wherever one of its four bytes is CR, LF, or below: then the subtraction borrows. */
function mayHoldLineEnd(word: number): boolean {
  return (((word - 0x0e0e0e0e) | 0) & ~word & 0x80808080) !== 0;
}

const NO_WORDS = new Int32Array(0);

function rewrite(content: Uint8Array, extra: number): Uint8Array {
  const dressed = new Uint8Array(content.length + extra);
  let to = 0;
  let isLineStart = true;
  for (let i = 0; i < content.length; i += 1) {
    const byte = content[i] as number;
    if (byte === CR || byte === LF) {
      dressed[to++] = CR;
      dressed[to++] = LF;
      if (byte === CR && content[i + 1] === LF) i += 1;
      isLineStart = true;
      continue;
    }
    if (isLineStart && byte === DOT) dressed[to++] = DOT;
    isLineStart = false;
    dressed[to++] = byte;
  }
  if (!isLineStart) {
    dressed[to++] = CR;
    dressed[to++] = LF;
  }
  return dressed;
}
