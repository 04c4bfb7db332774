/** Where a request comes from, to slow down whoever asks too often. Never a reason to trust anybody. */

/** The last address of `X-Forwarded-For`: the nearest proxy's word, or what the server itself put there. */
export function clientAddress(forwarded: unknown): string {
  const last = typeof forwarded === 'string' ? forwarded.split(',').at(-1)?.trim() : '';
  return last || 'unknown';
}
