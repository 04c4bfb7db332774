import NextAuth from 'next-auth';
import { authOptions } from '#server/auth-options.ts';

const handler = (request: Request, context: unknown) =>
  (NextAuth as (...args: unknown[]) => Promise<Response>)(request, context, authOptions());

export { handler as GET, handler as POST };
