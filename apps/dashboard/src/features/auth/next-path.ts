/** Where to go after signing in: a path of this site and nothing else. */

/** `/` for anything that a browser could read as another site (`//x`, `/\x`, control characters). */
export function safeNextPath(given: unknown): string {
  if (typeof given !== 'string' || !given.startsWith('/')) return '/';
  const base = 'http://own.invalid';
  const url = URL.canParse(given, base) ? new URL(given, base) : null;
  if (url?.origin !== base || url.pathname.startsWith('//')) return '/';
  return url.pathname + url.search;
}
