/** Text as Windows programs write it (code page 932): the inverse of the platform's decoder. */
const bytesOf = new Map<string, number[]>();

const decoder = new TextDecoder('shift_jis', { fatal: true });
for (let lead = 0x81; lead <= 0xfc; lead++) {
  for (let trail = 0x40; trail <= 0xfc; trail++) {
    try {
      const character = decoder.decode(Buffer.from([lead, trail]));
      if ([...character].length === 1 && !bytesOf.has(character))
        bytesOf.set(character, [lead, trail]);
    } catch {
      // No character there.
    }
  }
}

/** Throws on a character that the code page does not have. */
export function toShiftJis(text: string): Buffer {
  return Buffer.from(
    [...text].flatMap((character) => {
      const code = character.codePointAt(0) as number;
      if (code < 0x80) return [code];
      // Half-width katakana have one byte.
      if (code >= 0xff61 && code <= 0xff9f) return [code - 0xfec0];
      const bytes = bytesOf.get(character);
      if (!bytes) throw new Error(`Shift_JIS has no ${character}`);
      return bytes;
    }),
  );
}
