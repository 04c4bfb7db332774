'use server';
import { pauseCampaign as pause } from '@hikyaku/db';
import { z } from 'zod';
import { tenantAction } from '#server/action.ts';

export const pauseCampaign = tenantAction('editor', {
  input: z.object({ id: z.uuid() }),
  async run({ run }, { id }) {
    await run((scope) => pause(scope, { campaignId: id }));
    return null;
  },
});
