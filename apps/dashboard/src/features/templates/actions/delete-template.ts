'use server';
/** Takes a template out of the list. Campaigns that were scheduled with it hold a copy of their own. */
import { z } from 'zod';
import { tenantAction } from '#server/action.ts';
import { notFoundRefusal } from '#server/refusal.ts';

export const deleteTemplate = tenantAction('editor', {
  input: z.object({ id: z.uuid() }),
  async run({ run }, { id }) {
    await run(async ({ prisma, tenantId }) => {
      const { count } = await prisma.template.updateMany({
        where: { tenantId, id, deletedAt: null },
        data: { deletedAt: new Date() },
      });
      if (count === 0) throw notFoundRefusal();
    });
    return null;
  },
});
