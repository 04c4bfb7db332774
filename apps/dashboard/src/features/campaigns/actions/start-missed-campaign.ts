'use server';
import { startMissedCampaign as startMissed } from '@hikyaku/db';
import { z } from 'zod';
import { tenantAction } from '#server/action.ts';

export const startMissedCampaign = tenantAction('editor', {
  input: z.object({ id: z.uuid() }),
  async run({ run }, { id }) {
    await run((scope) => startMissed(scope, { campaignId: id }));
    return null;
  },
});
