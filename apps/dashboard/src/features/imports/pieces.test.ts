import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { piecesOf } from './pieces.ts';

const bytes = (length: number, from = 0) => Uint8Array.from({ length }, (_, i) => (from + i) % 251);

async function collect(parts: Uint8Array[], size: number) {
  const body = Readable.toWeb(Readable.from(parts)) as ReadableStream<Uint8Array>;
  const pieces: [Uint8Array, boolean][] = [];
  for await (const { data, isLast } of piecesOf(body, size)) pieces.push([data.slice(), isLast]);
  return pieces;
}

test.each([1, 3, 7, 10, 64])(
  'parts of any size come out as pieces of %i bytes, unchanged',
  async (size) => {
    const whole = bytes(30);
    const pieces = await collect(
      [whole.subarray(0, 4), whole.subarray(4, 5), whole.subarray(5)],
      size,
    );
    expect(Buffer.concat(pieces.map(([data]) => data))).toEqual(Buffer.from(whole));
    expect(pieces.slice(0, -1).every(([data, isLast]) => data.length === size && !isLast)).toBe(
      true,
    );
    expect(pieces.at(-1)?.[1]).toBe(true);
  },
);

test('a body that ends with a full piece has no empty one after it', async () => {
  expect((await collect([bytes(8)], 4)).map(([data]) => data.length)).toEqual([4, 4]);
});

test('an empty body is one empty piece', async () => {
  expect(await collect([], 4)).toEqual([[new Uint8Array(0), true]]);
});
