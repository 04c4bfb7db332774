'use server';
/**
 * Saves what is on the screen, looks at the checklist once more, and schedules: all in one transaction.
 * A second click finds a campaign that is scheduled already and changes nothing.
 */
import { lockWindows, scheduleCampaign as schedule, type TenantScope } from '@hikyaku/db';
import { z } from 'zod';
import { tenantAction } from '#server/action.ts';
import { recipientFieldsOf } from '#server/recipient-fields.ts';
import { notFoundRefusal, Refusal } from '#server/refusal.ts';
import { draftFormSchema, readDraft } from '../draft-form.ts';
import { checkCampaign } from '../queries/check-campaign.ts';
import { writeDraft } from '../write-draft.ts';

const CODES: Record<string, string> = {
  'in-the-past': 'IN_THE_PAST',
  'schedule-missing': 'START_INVALID',
  'zone-unknown': 'ZONE_UNKNOWN',
  'window-empty': 'WINDOW_EMPTY',
  'windows-never-open': 'WINDOWS_NEVER_OPEN',
  'windows-too-short': 'WINDOWS_TOO_SHORT',
  'expires-before-start': 'EXPIRES_BEFORE_START',
  'expires-before-open': 'EXPIRES_BEFORE_OPEN',
  'expiry-invalid': 'EXPIRY_INVALID',
  'list-empty': 'LIST_EMPTY',
  'list-missing': 'LIST_MISSING',
  'from-invalid': 'FROM_INVALID',
  'from-missing': 'FROM_MISSING',
  'from-not-proven': 'FROM_NOT_PROVEN',
  'template-missing': 'TEMPLATE_MISSING',
  'template-error': 'TEMPLATE_BROKEN',
  'bulk-fields': 'BULK_FIELDS',
};

export const scheduleCampaign = tenantAction('editor', {
  input: z.object({ id: z.uuid(), form: draftFormSchema }),
  run: ({ run }, { id, form }) =>
    run(async (scope) => {
      const nowMs = Date.now();
      if (form.name === '')
        throw new Refusal('CAMPAIGN_NAME_EMPTY', {}, { name: 'CAMPAIGN_NAME_EMPTY' });
      if (!(await writeDraft(scope, id, form, nowMs))) return alreadyUnderWay(scope, id);
      await lockWindows(scope, 'share');
      const { items } = await checkCampaign(scope, form, nowMs);
      const blockers = items.filter(({ level }) => level === 'blocker');
      const [first] = blockers;
      if (first) {
        const only = blockers.length === 1 ? CODES[first.code] : undefined;
        throw new Refusal(only ?? 'CAMPAIGN_BLOCKED', first.params);
      }
      const { start } = readDraft(form, nowMs);
      const startAt = start.kind === 'at' ? new Date(start.atMs) : null;
      await schedule(scope, { campaignId: id, startAt, recipientFieldsOf });
      return { id };
    }),
});

async function alreadyUnderWay({ prisma, tenantId }: TenantScope, id: string) {
  const campaign = await prisma.campaign.findFirst({
    where: { tenantId, id, kind: 'regular' },
    select: { state: true },
  });
  if (!campaign) throw notFoundRefusal();
  if (campaign.state === 'cancelled') throw new Refusal('CAMPAIGN_NOT_DRAFT');
  return { id };
}
