/**
 * Before a page: one nonce per request in the content policy, and a redirect to the sign-in page when
 * no session cookie came. A courtesy, never the boundary: server/context.ts checks every request.
 */
import { type NextRequest, NextResponse } from 'next/server';
import { isPublicPath, SESSION_COOKIES } from './server/paths.ts';

export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const hasSession = SESSION_COOKIES.some((name) => request.cookies.has(name));
  if (!hasSession && !isPublicPath(pathname) && request.method === 'GET') {
    const target = new URL('/sign-in', request.url);
    if (pathname !== '/') target.searchParams.set('next', pathname + search);
    return NextResponse.redirect(target, 303);
  }
  const policy = contentPolicy(crypto.randomUUID().replaceAll('-', ''));
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy);
  headers.set('x-path', pathname);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

/** `style-src` allows attributes (charts and frames set them) but only nonced sheets. */
function contentPolicy(nonce: string): string {
  const isDevelopment = process.env.NODE_ENV === 'development';
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    isDevelopment ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${isDevelopment ? ' ws:' : ''}`,
    "frame-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

// `/api` is left out: a proxied body is buffered and cut at 10 MB, and an upload must stream.
export const config = { matcher: ['/((?!api/|_next/|health|favicon.ico|icon.svg).*)'] };
