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

/** Without what the reader knows: thousands of rows a second would carry the same two ids, and keep them in memory each. */
const COLUMNS = `id, email, domain, fields, attempts,
  (extract(epoch from next_attempt_at) * 1000)::float8 as "nextAttemptMs", is_known_good as "isCanary",
  category is not distinct from 'quarantined' as "isQuarantined"`;

/** The next `limit` waiting rows of a campaign in a lane behind `afterId`, due or not, in order of id. */
export async function readWaiting(
  scope: WorkerScope,
  from: CampaignLane & { afterId: string; limit: number },
): Promise<DueDelivery[]> {
  const { rows } = await scope.query<Columns>(
    `select ${COLUMNS} from delivery
      where campaign_id = $1 and lane_id = $2 and id > $3 and state = 'waiting'
      order by id limit $4`,
    [from.campaignId, from.laneId, from.afterId, from.limit],
  );
  return inCampaign(from, rows);
}

/** Those of the given rows that are still waiting, for retries whose time has come. */
export async function readWaitingById(
  scope: WorkerScope,
  from: CampaignLane & { ids: readonly string[] },
): Promise<DueDelivery[]> {
  const { rows } = await scope.query<Columns>(
    `select ${COLUMNS} from delivery
      where tenant_id = $1 and id = any($2::bigint[]) and campaign_id = $3 and lane_id = $4 and state = 'waiting'`,
    [from.tenantId, from.ids, from.campaignId, from.laneId],
  );
  return inCampaign(from, rows);
}

interface CampaignLane {
  tenantId: string;
  campaignId: string;
  laneId: string;
}

type Columns = Omit<DueDelivery, 'tenantId' | 'campaignId'>;

function inCampaign({ tenantId, campaignId }: CampaignLane, rows: Columns[]): DueDelivery[] {
  return rows.map((row) => Object.assign(row, { tenantId, campaignId }));
}
