/**
 * next-auth: credentials and a JWT session that holds a user id and a session version, nothing more.
 * The version is compared with the database at every request, so that a password change ends them all.
 */
import type { NextAuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { clientAddress } from './client-address.ts';
import { env } from './env.ts';
import { signIn } from './sign-in.ts';

const SESSION_SECONDS = 7 * 24 * 3600;

/** Built per request: it depends on the environment, which does not exist while building. */
export function authOptions(): NextAuthOptions {
  const isSecure = env().NEXTAUTH_URL.startsWith('https:');
  const cookie = (name: string) => ({
    name: isSecure ? `__Host-hikyaku.${name}` : `hikyaku.${name}`,
    options: { httpOnly: true, sameSite: 'lax' as const, path: '/', secure: isSecure },
  });
  return {
    secret: env().NEXTAUTH_SECRET,
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    cookies: {
      sessionToken: cookie('session'),
      csrfToken: cookie('csrf'),
      callbackUrl: cookie('callback'),
    },
    providers: [
      Credentials({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        authorize: (given, request) =>
          signIn(
            given?.email,
            given?.password,
            clientAddress(request.headers?.['x-forwarded-for']),
          ),
      }),
    ],
    callbacks: {
      jwt({ token, user }) {
        if (!user) return token;
        return { sub: user.id, version: (user as { version?: number }).version };
      },
      session({ token }) {
        return { expires: '', userId: token.sub, version: token.version } as never;
      },
      redirect: ({ url, baseUrl }) => (url.startsWith('/') ? baseUrl + url : baseUrl),
    },
    logger: { error: () => {}, warn: () => {}, debug: () => {} },
  };
}
