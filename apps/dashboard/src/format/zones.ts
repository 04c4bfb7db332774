/** Time zones to choose from: all that this machine knows, with what is set now among them. */

export function zonesWith(present: string): string[] {
  const zones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', present]);
  return [...zones].sort();
}
