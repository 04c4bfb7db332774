/** Whom a campaign to this list would reach now, and who would be left out and why. The cut itself is made at launch. */
import type { SuppressionReason } from '@hikyaku/contracts';
import { requireUuid } from '../scope/ids.ts';
import type { TenantScope } from '../scope/scopes.ts';

export interface AudienceSummary {
  listName: string;
  /** Everybody in the list. */
  total: number;
  /** By reason of the active suppression; reasons without anybody are left out. */
  excluded: Partial<Record<SuppressionReason, number>>;
  /** Of the bounced: because their mailbox stayed full. */
  excludedFull: number;
  /** total − excluded. */
  recipients: number;
  /** Of the recipients, the largest first. */
  destinations: { domain: string; count: number }[];
  /** How many different destinations there are. */
  destinationCount: number;
}

/** null when this tenant has no such list, or it was deleted. `top` defaults to 10. Throws DbError INVALID_ID. */
export async function audienceSummary(
  scope: TenantScope,
  listId: string,
  { top = 10 }: { top?: number } = {},
): Promise<AudienceSummary | null> {
  const id = requireUuid(listId, 'The list id');
  const lists = await scope.sql<{ name: string }>`
    select name from list where tenant_id = ${scope.tenantId}::uuid and id = ${id}::uuid and deleted_at is null`;
  if (!lists[0]) return null;
  const groups = await scope.sql<{
    domain: string;
    reason: SuppressionReason | null;
    isFull: boolean;
    count: number;
  }>`
    select r.domain, s.reason::text as reason, coalesce(s.reason = 'bounced' and s.note = 'mailbox-full', false) as "isFull", count(*)::int as count
      from recipient r
      left join suppression s on s.tenant_id = r.tenant_id and s.email_key = r.email_key and s.released_at is null
     where r.tenant_id = ${scope.tenantId}::uuid and r.list_id = ${id}::uuid
     group by 1, 2, 3`;
  const excluded: AudienceSummary['excluded'] = {};
  const destinations: AudienceSummary['destinations'] = [];
  let excludedFull = 0;
  let total = 0;
  let recipients = 0;
  for (const { domain, reason, isFull, count } of groups) {
    total += count;
    if (isFull) excludedFull += count;
    if (reason) excluded[reason] = (excluded[reason] ?? 0) + count;
    else {
      recipients += count;
      destinations.push({ domain, count });
    }
  }
  destinations.sort((a, b) => b.count - a.count || (a.domain < b.domain ? -1 : 1));
  return {
    listName: lists[0].name,
    total,
    excluded,
    excludedFull,
    recipients,
    destinations: destinations.slice(0, top),
    destinationCount: destinations.length,
  };
}
