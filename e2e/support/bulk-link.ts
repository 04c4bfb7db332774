/** The link that every recipient of a bulk campaign gets, as the worker signs it. */
import { asWorker, closeDb, openDb } from '@hikyaku/db';
import { readReconcileCampaign } from '@hikyaku/db/worker';
import { createTokens } from '@hikyaku/message/node';
import { installation } from './installation.ts';

export async function bulkLink(campaignId: string): Promise<string> {
  const db = openDb({ url: process.env.WORKER_DATABASE_URL ?? '', max: 1 });
  try {
    const campaign = await readReconcileCampaign(asWorker(db), campaignId);
    if (!campaign) throw new Error(`There is no campaign ${campaignId}`);
    const tokens = createTokens(process.env.TOKEN_SECRET ?? '');
    const token = tokens.signBulkUnsubscribe({ tenantId: campaign.tenantId, campaignId });
    return `${installation.url}/u/${token}`;
  } finally {
    await closeDb(db);
  }
}
