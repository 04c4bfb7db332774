/** `2026-11-24 13:05:06` on a clock in a zone: what a spreadsheet takes for a date. */

export function csvTime(zone: string): (at: Date) => string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return (at) => format.format(at);
}
