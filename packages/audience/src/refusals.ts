/** Why a row or an address is refused: stable codes; the catalogues hold the words under `messageKey`. */

export const REFUSAL_CODES = [
  'no-address',
  'bad-address',
  'bad-domain',
  'non-ascii-local-part',
  'control-character',
  'too-long',
  'too-many-columns',
  'field-too-long',
] as const;

export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** Key of a refusal in the message catalogues: `refusal.bad-address`. */
export function refusalKey(code: RefusalCode): `refusal.${RefusalCode}` {
  return `refusal.${code}`;
}
