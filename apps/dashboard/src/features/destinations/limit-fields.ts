/** The limits of a destination that staff may set, in the order in which they are shown. */
export const LIMIT_FIELDS = [
  'sessionsMax',
  'sessionsMaxAll',
  'recipientsMax',
  'transactionsMax',
  'rateMax',
] as const;
export type LimitField = (typeof LIMIT_FIELDS)[number];

export function isLimitField(name: string): name is LimitField {
  return (LIMIT_FIELDS as readonly string[]).includes(name);
}
