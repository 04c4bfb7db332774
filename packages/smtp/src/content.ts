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

/** How many bytes rewriting would add; one pass, most bytes cost one comparison. */
function countExtra(content: Uint8Array): number {
  const length = content.length;
  let extra = length > 0 && content[0] === DOT ? 1 : 0;
  for (let i = 0; i < length; i += 1) {
    if ((content[i] as number) > CR) continue;
    const byte = content[i];
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
