'use server';
import { asAuth, createOneTimeLink } from '@hikyaku/db';
import { z } from 'zod';
import { tenantAction } from '#server/action.ts';
import { pools } from '#server/db.ts';
import { newToken } from '#server/one-time-token.ts';
import { notFoundRefusal, Refusal } from '#server/refusal.ts';
import { isOnlyOurs } from '../whose-person.ts';

/** A link with which a member chooses a new password. LINK_STAFF_ONLY for one who belongs elsewhere too. */
export const makeResetLink = tenantAction('owner', {
  input: z.object({ userId: z.uuid() }),
  async run({ run, user, tenant }, { userId }) {
    const member = await run(({ prisma, tenantId }) =>
      prisma.membership.findFirst({ where: { tenantId, userId }, select: { userId: true } }),
    );
    if (!member) throw notFoundRefusal();
    const { url, ...link } = newToken('reset');
    await asAuth(pools().auth, async (scope) => {
      const person = await isOnlyOurs(scope, { id: userId }, tenant.id);
      if (!person) throw notFoundRefusal();
      if (!person.isOnlyOurs) throw new Refusal('LINK_STAFF_ONLY');
      await createOneTimeLink(scope, { kind: 'reset', userId, createdBy: user.id, ...link });
    });
    return { url };
  },
});
