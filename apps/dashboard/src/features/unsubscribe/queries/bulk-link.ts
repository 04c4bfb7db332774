/** The link of a bulk message: which tenant and campaign it names, and what an address entered behind it does. */
import { unsubscribeByAddress, withTenant } from '@hikyaku/db';
import type { BulkUnsubscribeReference } from '@hikyaku/message/node';
import { pools } from '#server/db.ts';
import { tokens } from '#server/tokens.ts';

export type BulkLink = BulkUnsubscribeReference;

/** null for a token that we did not sign, or that is a personal one. */
export function readBulkLink(token: string): BulkLink | null {
  return tokens().verifyBulkUnsubscribe(token);
}

/** The sender's name for the page; null when the tenant is gone. Changes nothing. */
export async function senderOf({ tenantId }: BulkLink): Promise<string | null> {
  const tenant = await withTenant(pools().app, tenantId, ({ prisma }) =>
    prisma.tenant.findFirst({ where: { id: tenantId }, select: { name: true } }),
  );
  return tenant?.name ?? null;
}

/** From its commit on nothing is sent to the address, if the campaign has it. Idempotent. */
export async function unsubscribeAddress(link: BulkLink, email: string): Promise<void> {
  const { tenantId, campaignId } = link;
  await withTenant(pools().app, tenantId, (scope) =>
    unsubscribeByAddress(scope, { campaignId, email }),
  );
}
