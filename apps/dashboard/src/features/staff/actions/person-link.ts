'use server';
import { asAuth, audit, createOneTimeLink } from '@hikyaku/db';
import { z } from 'zod';
import { staffAction } from '#server/action.ts';
import { pools } from '#server/db.ts';
import { newToken } from '#server/one-time-token.ts';
import { notFoundRefusal, Refusal } from '#server/refusal.ts';

/** A link with which a tenant's person chooses a password. Not for other staff: they would become them. */
export const makePersonLink = staffAction({
  input: z.object({
    tenantId: z.uuid(),
    userId: z.uuid(),
    reason: z.string().trim().min(1, 'REASON_EMPTY').max(500, 'FIELD_TOO_LONG'),
  }),
  async run({ run, user }, { tenantId, userId, reason }) {
    await run(async (scope) => {
      const member = await scope.prisma.membership.findUnique({
        where: { tenantId_userId: { tenantId, userId } },
        select: { user: { select: { isStaff: true } } },
      });
      if (!member) throw notFoundRefusal();
      if (member.user.isStaff) throw new Refusal('LINK_NOT_FOR_STAFF');
      await audit(scope, { action: 'member.link', target: `user:${userId}`, reason, tenantId });
    });
    const { url, ...link } = newToken('reset');
    await asAuth(pools().auth, (scope) =>
      createOneTimeLink(scope, { kind: 'reset', userId, createdBy: user.id, ...link }),
    );
    return { url };
  },
});
