'use server';
/** Back to draft, with the start that was set if it still lies ahead, so that it can be changed. */
import { unscheduleCampaign as unschedule } from '@hikyaku/db';
import { z } from 'zod';
import { tenantAction } from '#server/action.ts';

export const unscheduleCampaign = tenantAction('editor', {
  input: z.object({ id: z.uuid() }),
  async run({ run }, { id }) {
    await run(async (scope) => {
      const { prisma, tenantId } = scope;
      const where = { tenantId, id };
      const before = await prisma.campaign.findFirst({ where, select: { startAt: true } });
      await unschedule(scope, { campaignId: id });
      const startAt = before?.startAt;
      if (startAt && startAt.getTime() > Date.now())
        await prisma.campaign.updateMany({ where, data: { startAt } });
    });
    return null;
  },
});
