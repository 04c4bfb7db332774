/**
 * How often a receiver's journal says that it accepted each delivery of a campaign. A personal message names its delivery;
 * a bulk message names its campaign only, and its recipients stand in the envelope.
 */
import type { ReconcileRow } from '@hikyaku/db/worker';
import { BULK_MESSAGE_ID } from '@hikyaku/message';

/** A line that is not whole yet is left out: the receiver may be writing it. */
export async function countCopies(
  lines: AsyncIterable<string>,
  campaignId: string,
): Promise<(row: Pick<ReconcileRow, 'id' | 'email'>) => number> {
  const byDelivery = new Map<string, number>();
  const byAddress = new Map<string, number>();
  const bulkId = `<${BULK_MESSAGE_ID}.${campaignId}@`;
  for await (const line of lines) {
    if (!line.endsWith('}')) continue;
    const { event, headerDeliveryId, messageId, recipient } = JSON.parse(line) as JournalLine;
    if (event !== 'accepted') continue;
    if (headerDeliveryId) count(byDelivery, headerDeliveryId);
    else if (messageId?.startsWith(bulkId) && recipient) count(byAddress, recipient.toLowerCase());
  }
  return ({ id, email }) => (byDelivery.get(id) ?? 0) + (byAddress.get(email.toLowerCase()) ?? 0);
}

function count(copies: Map<string, number>, key: string): void {
  copies.set(key, (copies.get(key) ?? 0) + 1);
}

interface JournalLine {
  event?: string;
  headerDeliveryId?: string | null;
  messageId?: string | null;
  recipient?: string | null;
}
