'use server';
import { releaseVerdict } from '@hikyaku/audience';
import { releaseSuppression } from '@hikyaku/db';
import { z } from 'zod';
import { tenantAction } from '#server/action.ts';
import { notFoundRefusal, Refusal } from '#server/refusal.ts';
import { rowId } from '#server/row-id.ts';

/** Lets a person receive again. Who may do so depends on the reason: a complaint is for staff alone. */
export const release = tenantAction('editor', {
  input: z.object({
    suppressionId: rowId,
    reason: z.string().trim().min(1, 'RELEASE_REASON_EMPTY').max(500, 'FIELD_TOO_LONG'),
  }),
  run: ({ run, role }, { suppressionId, reason }) =>
    run(async (scope) => {
      const entry = await scope.prisma.suppression.findFirst({
        where: { tenantId: scope.tenantId, id: suppressionId, releasedAt: null },
        select: { reason: true },
      });
      if (!entry) throw notFoundRefusal();
      if (releaseVerdict(entry.reason, role) === 'forbidden') {
        throw new Refusal(entry.reason === 'complained' ? 'RELEASE_STAFF_ONLY' : 'ROLE_TOO_LOW');
      }
      await releaseSuppression(scope, { suppressionId: suppressionId.toString(), reason, role });
      return null;
    }),
});
