/**
 * Attempts over time, from the log: how many of each disposition fell into each bucket, how many were first attempts, and how
 * many bytes were accepted. One pass over the campaign's span of the log serves chart, speed and shares alike.
 */
import type { Disposition } from '@hikyaku/contracts';
import { DbError } from '../scope/db-error.ts';
import { requireUuid } from '../scope/ids.ts';
import type { TenantScope } from '../scope/scopes.ts';

const BUCKET_MIN_MS = 1_000;
const BUCKET_MAX_MS = 366 * 86_400_000;
const BUCKETS_MAX = 5_000;

export interface BucketTotals extends Record<Disposition, number> {
  /** Start of the bucket, counted in whole buckets from 1970 UTC. Buckets without an attempt are left out. */
  at: Date;
  firstAttempts: number;
  retries: number;
  /** Of messages that were accepted, once a recipient. */
  acceptedBytes: number;
}

/** Empty when this tenant has no such campaign. Throws DbError INVALID_ID, INVALID_INPUT (`bucket`). */
export async function totalsOverTime(
  scope: TenantScope,
  campaignId: string,
  { bucketMs }: { bucketMs: number },
): Promise<BucketTotals[]> {
  const id = requireUuid(campaignId, 'The campaign id');
  if (!Number.isInteger(bucketMs) || bucketMs < BUCKET_MIN_MS || bucketMs > BUCKET_MAX_MS) {
    throw new DbError('INVALID_INPUT', 'A bucket is from 1 s to 366 days.', { reason: 'bucket' });
  }
  // The span of the campaign keeps the other months, and most of the block ranges of its own, unread. A week behind its finish the
  // last DSN has come.
  return scope.sql<BucketTotals>`
    select date_bin(${bucketMs} * interval '1 millisecond', e.at, timestamptz '1970-01-01 00:00:00+00') as at,
           count(*) filter (where e.disposition = 'accepted')::int as accepted,
           count(*) filter (where e.disposition = 'deferred')::int as deferred,
           count(*) filter (where e.disposition = 'bounced')::int as bounced,
           count(*) filter (where e.disposition = 'unknown')::int as unknown,
           count(*) filter (where e.attempt = 1)::int as "firstAttempts",
           count(*) filter (where e.attempt > 1)::int as retries,
           coalesce(sum(e.size_bytes) filter (where e.disposition = 'accepted'), 0)::float8 as "acceptedBytes"
      from campaign c
      join delivery_event e on e.tenant_id = c.tenant_id and e.campaign_id = c.id and e.at >= c.created_at
       and e.at <= coalesce(c.finished_at + interval '7 days', 'infinity')
     where c.tenant_id = ${scope.tenantId}::uuid and c.id = ${id}::uuid
     group by 1 order by 1 limit ${BUCKETS_MAX}`;
}
