'use server';
import { asAuth, consumeOneTimeLink, readOneTimeLink } from '@hikyaku/db';
import { z } from 'zod';
import { publicAction } from '#server/action.ts';
import { pools } from '#server/db.ts';
import { hashToken } from '#server/one-time-token.ts';
import { hashPassword } from '#server/password.ts';
import { newPassword } from '#server/password-rules.ts';
import { Refusal } from '#server/refusal.ts';

/** Uses a one-time link: sets the password and ends every session of the person. LINK_DEAD when it works no more. */
export const setPassword = publicAction({
  input: z.object({ token: z.string().min(1).max(200), password: newPassword }),
  async run(_, { token, password }) {
    const { auth } = pools();
    const tokenHash = hashToken(token);
    // Looked at first: a hash costs 128 MB, and nobody without a link may make us pay for one.
    const link = await asAuth(auth, (scope) => readOneTimeLink(scope, tokenHash));
    if (!link) throw new Refusal('LINK_DEAD');
    const passwordHash = await hashPassword(password);
    const used = await asAuth(auth, (scope) =>
      consumeOneTimeLink(scope, { tokenHash, passwordHash }),
    );
    if (!used) throw new Refusal('LINK_DEAD');
    return { email: link.email };
  },
});
