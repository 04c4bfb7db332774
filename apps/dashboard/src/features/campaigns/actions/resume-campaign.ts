'use server';
import { resumeCampaign as resume } from '@hikyaku/db';
import { z } from 'zod';
import { tenantAction } from '#server/action.ts';

export const resumeCampaign = tenantAction('editor', {
  input: z.object({ id: z.uuid() }),
  async run({ run }, { id }) {
    await run((scope) => resume(scope, { campaignId: id }));
    return null;
  },
});
