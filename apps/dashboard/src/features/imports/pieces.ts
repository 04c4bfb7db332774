/** A body of any size as pieces of one size, without holding more than one. */

export interface Piece {
  data: Uint8Array;
  isLast: boolean;
}

/** Every piece but the last has `size` bytes; an empty body is one empty piece. */
export async function* piecesOf(
  body: ReadableStream<Uint8Array> | null,
  size: number,
): AsyncGenerator<Piece> {
  let buffer = new Uint8Array(size);
  let filled = 0;
  for await (const part of body ?? []) {
    let taken = 0;
    while (taken < part.byteLength) {
      // Handed on only when more has come: the last piece must know that it is the last.
      if (filled === size) {
        yield { data: buffer, isLast: false };
        buffer = new Uint8Array(size);
        filled = 0;
      }
      const step = Math.min(size - filled, part.byteLength - taken);
      buffer.set(part.subarray(taken, taken + step), filled);
      filled += step;
      taken += step;
    }
  }
  yield { data: buffer.subarray(0, filled), isLast: true };
}
