/** A bulk campaign sends one message to many: its content may not speak of any of them. */
import type { DeliveryMode } from '@hikyaku/campaigns';
import type { CampaignContent } from '@hikyaku/contracts';
import { DbError } from '../scope/db-error.ts';

/** The recipient fields that a content reads: of the message room, which this room does not import. */
export type RecipientFieldsOf = (content: CampaignContent) => readonly string[];

/** Throws DbError INVALID_INPUT (`bulk-fields`, with their names), and Error where nobody can tell. */
export function requireSharedContent(
  mode: DeliveryMode,
  content: CampaignContent,
  recipientFieldsOf: RecipientFieldsOf | undefined,
): void {
  if (mode !== 'bulk') return;
  if (!recipientFieldsOf) throw new Error('bulk needs recipientFieldsOf');
  const fields = recipientFieldsOf(content).join(', ');
  if (fields === '') return;
  const message = `Bulk sends one message to all, and this one uses fields of the recipient: ${fields}.`;
  throw new DbError('INVALID_INPUT', message, { reason: 'bulk-fields', params: { fields } });
}
