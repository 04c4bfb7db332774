'use server';
import { cancelCampaign as cancel } from '@hikyaku/db';
import { z } from 'zod';
import { tenantAction } from '#server/action.ts';

export const cancelCampaign = tenantAction('editor', {
  input: z.object({ id: z.uuid() }),
  run: ({ run }, { id }) => run((scope) => cancel(scope, { campaignId: id })),
});
