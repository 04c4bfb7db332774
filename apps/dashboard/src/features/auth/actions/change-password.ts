'use server';
import {
  asAuth,
  audit,
  changePassword as change,
  findUserForSignIn,
  recordSignInFailure,
  throttledUntil,
} from '@hikyaku/db';
import { z } from 'zod';
import { personAction } from '#server/action.ts';
import { pools } from '#server/db.ts';
import { hashPassword, verifyPassword } from '#server/password.ts';
import { PASSWORD_MAX } from '#server/password-length.ts';
import { newPassword } from '#server/password-rules.ts';
import { notFoundRefusal, Refusal } from '#server/refusal.ts';

/** Changes one's own password and ends every session, this one too. PASSWORD_WRONG at the field `current`. */
export const changePassword = personAction({
  input: z.object({ current: z.string().max(PASSWORD_MAX), password: newPassword }),
  async run(person, { current, password }) {
    const { auth } = pools();
    // A stolen session must not be a way to guess the password either.
    const keys = [`change:${person.id}`];
    const user = await asAuth(auth, async (scope) => {
      if (await throttledUntil(scope, keys)) throw new Refusal('BUSY');
      return findUserForSignIn(scope, person.email);
    });
    if (!user) throw notFoundRefusal();
    if (!(await verifyPassword(current, user.passwordHash))) {
      await asAuth(auth, (scope) => recordSignInFailure(scope, keys));
      throw new Refusal('PASSWORD_WRONG', {}, { current: 'PASSWORD_WRONG' });
    }
    const passwordHash = await hashPassword(password);
    await asAuth(auth, async (scope) => {
      await change(scope, { userId: person.id, passwordHash });
      await audit(scope, {
        action: 'password.change',
        target: `user:${person.id}`,
        actorId: person.id,
      });
    });
    return { email: person.email };
  },
});
