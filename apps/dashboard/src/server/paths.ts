/** Names that both proxy.ts and the server need: session cookies and the paths that need no session. */

/** `__Host-` where the site is https; loopback http cannot set such a cookie. */
export const SESSION_COOKIES = ['__Host-hikyaku.session', 'hikyaku.session'] as const;

const PUBLIC = ['/sign-in', '/password/', '/u/', '/unsubscribe/', '/health'];

/** Is this a page that a person without a session may see? */
export function isPublicPath(path: string): boolean {
  return PUBLIC.some(
    (prefix) => path === prefix || path.startsWith(prefix.replace(/([^/])$/, '$1/')),
  );
}
