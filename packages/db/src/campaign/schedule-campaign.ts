/**
 * Makes a draft due: copies its template's content, so that a later edit changes nothing under way, and sets when it starts.
 * Checks what only the database can know for sure; the checklist of the campaigns room has looked at the rest before.
 */
import type { CampaignContent } from '@hikyaku/contracts';
import { audit } from '../audit/audit.ts';
import { DbError } from '../scope/db-error.ts';
import { notifyDue } from '../scope/notify-due.ts';
import type { TenantScope } from '../scope/scopes.ts';
import { type LockedCampaign, lockCampaign, moveOf } from './lock-campaign.ts';
import { requireOpenWindows } from './require-open-windows.ts';
import { requireProvenFrom } from './require-proven-from.ts';
import { type RecipientFieldsOf, requireSharedContent } from './require-shared-content.ts';

/** A start that lies further back than this was meant for the future and missed it. */
const PAST_GRACE_MS = 60_000;

export interface ScheduleInput {
  campaignId: string;
  /** null: as soon as a worker sees it. */
  startAt: Date | null;
  /** Asked for a bulk campaign, with the very content that is frozen. */
  recipientFieldsOf?: RecipientFieldsOf;
}

/**
 * Draft or scheduled → scheduled. Throws DbError NOT_FOUND; CONFLICT (`campaign-action-not-allowed`); INVALID_INPUT with
 * reason `in-the-past`, `list-missing`, `list-empty`, `template-missing`, `bulk-fields`, `from-missing`, `from-not-proven`, or what
 * requireOpenWindows says.
 */
export async function scheduleCampaign(
  scope: TenantScope,
  input: ScheduleInput,
): Promise<{ startAt: Date }> {
  const campaign = await lockCampaign(scope, input.campaignId);
  moveOf(campaign, 'schedule');
  if (input.startAt && !(input.startAt.getTime() > Date.now() - PAST_GRACE_MS)) {
    throw refusal('in-the-past', 'The start lies in the past.');
  }
  if (campaign.kind === 'regular') {
    await requireList(scope, campaign);
    await requireOpenWindows(
      scope,
      campaign.id,
      Math.max(input.startAt?.getTime() ?? 0, Date.now()),
    );
  }
  await requireProvenFrom(scope, campaign.fromEmail);
  const rows = await scope.sql<{ startAt: Date; content: CampaignContent }>`
    update campaign c
       set state = 'scheduled', start_at = coalesce(${input.startAt}::timestamptz, now()), start_missed_at = null, updated_at = now(),
           content = jsonb_build_object('subject', t.subject, 'html', t.html, 'text', t.text)
      from template t
     where c.tenant_id = ${scope.tenantId}::uuid and c.id = ${campaign.id}::uuid
       and t.tenant_id = c.tenant_id and t.id = c.template_id and t.deleted_at is null
    returning c.start_at as "startAt", c.content`;
  const [row] = rows;
  if (!row) throw refusal('template-missing', 'The campaign has no template.');
  // What was frozen is judged, not what was read before: the transaction takes it back.
  requireSharedContent(campaign.mode, row.content, input.recipientFieldsOf);
  await audit(scope, {
    action: 'campaign.schedule',
    target: `campaign:${campaign.id}`,
    detail: { startAt: row.startAt.toISOString() },
  });
  await notifyDue(scope);
  return { startAt: row.startAt };
}

/** Back to draft, so that it can be changed. Throws DbError NOT_FOUND, CONFLICT (`campaign-action-not-allowed`). */
export async function unscheduleCampaign(
  scope: TenantScope,
  input: { campaignId: string },
): Promise<void> {
  const campaign = await lockCampaign(scope, input.campaignId);
  moveOf(campaign, 'unschedule');
  await scope.sql`
    update campaign set state = 'draft', start_at = null, start_missed_at = null, content = null, updated_at = now()
     where tenant_id = ${scope.tenantId}::uuid and id = ${campaign.id}::uuid`;
  await audit(scope, { action: 'campaign.unschedule', target: `campaign:${campaign.id}` });
  await notifyDue(scope);
}

/** FOR SHARE: deleteList waits for us, or we see that it was deleted. */
async function requireList(scope: TenantScope, campaign: LockedCampaign): Promise<void> {
  const rows = await scope.sql<{ isEmpty: boolean }>`
    select not exists (select from recipient r where r.tenant_id = l.tenant_id and r.list_id = l.id) as "isEmpty"
      from list l
     where l.tenant_id = ${scope.tenantId}::uuid and l.id = ${campaign.listId}::uuid and l.deleted_at is null
       for share of l`;
  if (!rows[0]) throw refusal('list-missing', 'The campaign has no list.');
  if (rows[0].isEmpty) throw refusal('list-empty', 'The list has nobody in it.');
}

function refusal(reason: string, message: string): DbError {
  return new DbError('INVALID_INPUT', message, { reason });
}
