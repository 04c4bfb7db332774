/** Text as Shift_JIS, which Node decodes but does not encode: the decoder's table, read backwards. */

let table: Map<string, number[]> | undefined;

/** Throws for a character that Shift_JIS does not have. */
export function shiftJis(text: string): Buffer {
  table ??= reverse();
  const known = table;
  return Buffer.from(
    [...text].flatMap((character) => {
      const bytes = known.get(character);
      if (!bytes) throw new Error(`Shift_JIS has no ${character}`);
      return bytes;
    }),
  );
}

function reverse(): Map<string, number[]> {
  const decoder = new TextDecoder('shift_jis');
  const found = new Map<string, number[]>();
  const add = (...bytes: number[]) => {
    const character = decoder.decode(Uint8Array.from(bytes));
    if (!character.includes('\ufffd') && !found.has(character)) found.set(character, bytes);
  };
  for (let byte = 0; byte < 0x100; byte++) add(byte);
  for (let lead = 0x81; lead <= 0xfc; lead++) {
    for (let trail = 0x40; trail <= 0xfc; trail++) add(lead, trail);
  }
  return found;
}
