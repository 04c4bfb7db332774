'use server';
/** Saves a draft as it is typed and answers what the checklist thinks of it. A draft may be wrong; sending may not. */
import type { TenantScope } from '@hikyaku/db';
import { z } from 'zod';
import { tenantAction } from '#server/action.ts';
import { notFoundRefusal, Refusal } from '#server/refusal.ts';
import { draftFormSchema } from '../draft-form.ts';
import { type CampaignCheck, checkCampaign } from '../queries/check-campaign.ts';
import { writeDraft } from '../write-draft.ts';

export const saveDraft = tenantAction('editor', {
  input: z.object({ id: z.uuid(), form: draftFormSchema }),
  run: ({ run }, { id, form }) =>
    run(async (scope): Promise<{ savedAtMs: number; check: CampaignCheck }> => {
      const nowMs = Date.now();
      if (!(await writeDraft(scope, id, form, nowMs))) throw await notWritable(scope, id);
      return { savedAtMs: nowMs, check: await checkCampaign(scope, form, nowMs) };
    }),
});

async function notWritable({ prisma, tenantId }: TenantScope, id: string): Promise<Refusal> {
  const exists = await prisma.campaign.count({ where: { tenantId, id } });
  return exists ? new Refusal('CAMPAIGN_NOT_DRAFT') : notFoundRefusal();
}
