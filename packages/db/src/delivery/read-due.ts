/**
 * Reads waiting rows of a lane. Being the sole owner, the worker claims nothing by reading.
 */
import type { WorkerScope } from '../scope/worker-scope.ts';

/** A waiting delivery as the lane's owner works with it. */
export interface DueDelivery {
  tenantId: string;
  campaignId: string;
  id: string;
  email: string;
  domain: string;
  fields: Record<string, string>;
  /** Attempts so far. */
  attempts: number;
  nextAttemptMs: number;
  /** It accepted mail within 30 days when the audience was cut. */
  isCanary: boolean;
  /** Its last refusal was vetoed by the false-550 protection. */
  isQuarantined: boolean;
}

const COLUMNS = `tenant_id as "tenantId", campaign_id as "campaignId", id, email, domain, fields, attempts,
  (extract(epoch from next_attempt_at) * 1000)::float8 as "nextAttemptMs", is_known_good as "isCanary",
  category is not distinct from 'quarantined' as "isQuarantined"`;

/** The next `limit` waiting rows of a campaign in a lane behind `afterId`, due or not, in order of id. */
export async function readWaiting(
  scope: WorkerScope,
  from: { campaignId: string; laneId: string; afterId: string; limit: number },
): Promise<DueDelivery[]> {
  const { rows } = await scope.query<DueDelivery>(
    `select ${COLUMNS} from delivery
      where campaign_id = $1 and lane_id = $2 and id > $3 and state = 'waiting'
      order by id limit $4`,
    [from.campaignId, from.laneId, from.afterId, from.limit],
  );
  return rows;
}

/** Those of the given rows that are still waiting, for retries whose time has come. */
export async function readWaitingById(
  scope: WorkerScope,
  from: { tenantId: string; laneId: string; ids: readonly string[] },
): Promise<DueDelivery[]> {
  const { rows } = await scope.query<DueDelivery>(
    `select ${COLUMNS} from delivery
      where tenant_id = $1 and id = any($2::bigint[]) and lane_id = $3 and state = 'waiting'`,
    [from.tenantId, from.ids, from.laneId],
  );
  return rows;
}
