'use server';
/** Deletes a draft. A campaign that ever was scheduled stays, with its log. */
import { z } from 'zod';
import { tenantAction } from '#server/action.ts';
import { notFoundRefusal, Refusal } from '#server/refusal.ts';

export const deleteDraft = tenantAction('editor', {
  input: z.object({ id: z.uuid() }),
  async run({ run }, { id }) {
    await run(async ({ prisma, tenantId }) => {
      const where = { tenantId, id };
      const { count } = await prisma.campaign.deleteMany({ where: { ...where, state: 'draft' } });
      if (count > 0) return;
      throw (await prisma.campaign.count({ where }))
        ? new Refusal('CAMPAIGN_NOT_DRAFT')
        : notFoundRefusal();
    });
    return null;
  },
});
