/** A message to the sender himself: a campaign of kind `test` with one recipient, due at once. */
import type { DeliveryMode } from '@hikyaku/campaigns';
import type { CampaignContent } from '@hikyaku/contracts';
import { audit } from '../audit/audit.ts';
import { DbError } from '../scope/db-error.ts';
import { notifyDue } from '../scope/notify-due.ts';
import type { TenantScope } from '../scope/scopes.ts';
import { requireProvenFrom } from './require-proven-from.ts';
import { type RecipientFieldsOf, requireSharedContent } from './require-shared-content.ts';

export interface TestSendInput {
  /** Shown in the list of test sends. */
  name: string;
  toEmail: string;
  /** The fields of the recipient whom the preview showed. */
  fields: Record<string, string>;
  fromName: string;
  fromEmail: string;
  content: CampaignContent;
  /** one_to_one when absent. */
  mode?: DeliveryMode;
  /** Asked for `bulk`. */
  recipientFieldsOf?: RecipientFieldsOf;
}

/** Throws DbError INVALID_INPUT (`email`, `bulk-fields`, `from-missing`, `from-not-proven`). */
export async function createTestSend(
  scope: TenantScope,
  input: TestSendInput,
): Promise<{ campaignId: string }> {
  if (!/^[^\s]+@[^\s@]+$/.test(input.toEmail)) {
    throw new DbError('INVALID_INPUT', 'The recipient is not an address.', { reason: 'email' });
  }
  const mode = input.mode ?? 'one_to_one';
  requireSharedContent(mode, input.content, input.recipientFieldsOf);
  await requireProvenFrom(scope, input.fromEmail);
  const { subject, html, text } = input.content;
  const rows = await scope.sql<{ id: string }>`
    insert into campaign (tenant_id, kind, mode, name, state, from_name, from_email, test_email, test_fields, content, start_at,
                          "window", created_by)
    select t.id, 'test', ${mode}::delivery_mode, ${input.name}, 'scheduled', ${input.fromName}, ${input.fromEmail}, ${input.toEmail},
           ${JSON.stringify(input.fields)}::jsonb, ${JSON.stringify({ subject, html, text })}::jsonb, now(),
           jsonb_build_object('days', jsonb_build_array(1, 2, 3, 4, 5, 6, 7), 'start', '00:00', 'end', '24:00', 'zone', t.zone),
           ${scope.actorId}::uuid
      from tenant t where t.id = ${scope.tenantId}::uuid
    returning id`;
  if (!rows[0]) throw new DbError('NOT_FOUND', 'There is no such tenant.');
  const campaignId = rows[0].id;
  await audit(scope, { action: 'campaign.test-send', target: `campaign:${campaignId}` });
  await notifyDue(scope);
  return { campaignId };
}
