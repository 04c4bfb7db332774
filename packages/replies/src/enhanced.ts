/** Enhanced status codes (RFC 3463, RFC 2034) out of a reply's text, as servers write them, not only as they should. */

/**
 * The enhanced code of a reply as `d.d.d`, or null.
 *
 * Looked for at the start of the text, behind `#`, and at the start of each line of a multi-line reply; never inside an IP
 * address or a version. With `code`, one whose class differs from the reply's is dropped, and so is any on a 3yz.
 * A truncated `5.1.` is none.
 */
export function parseEnhanced(text: string, code: number | null = null): string | null {
  const match = ENHANCED.exec(text);
  if (match === null) return null;
  return checkEnhanced(`${match[1]}.${Number(match[2])}.${Number(match[3])}`, code);
}

/** `enhanced` if it is well-formed and its class is that of `code`; else null. */
export function checkEnhanced(
  enhanced: string | null | undefined,
  code: number | null,
): string | null {
  if (!enhanced || !/^[245]\.\d{1,3}\.\d{1,3}$/.test(enhanced)) return null;
  if (code !== null && Math.floor(code / 100) !== Number(enhanced[0])) return null;
  return enhanced;
}

const ENHANCED =
  /(?:^\s*(?:\d{3}[- ]\s*)?[#(<[]?|[\r\n]\d{3}[- ]|#)([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\.?\d)/;
