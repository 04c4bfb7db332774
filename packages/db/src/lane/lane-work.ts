/**
 * What a lane has to do: its campaigns, when each is due next, and when it has nothing left.
 * campaign_lane is the only index from "due" to lanes; deliveries are never scanned for it.
 */
import { groupKeysOf, type Window, type WindowLevels, windowsByGroup } from '@hikyaku/campaigns';
import type { WorkerScope } from '../scope/worker-scope.ts';
import { readDestinationGroups } from './destination-groups.ts';

/** A campaign as the owner of a lane needs it. */
export interface LaneCampaign {
  tenantId: string;
  campaignId: string;
  kind: 'regular' | 'test';
  mode: 'one_to_one' | 'bulk';
  fromName: string;
  fromEmail: string;
  content: { subject: string; html: string; text: string };
  /** By destination group, `other` included: all windows that bind, the installation's first. None for a test message. */
  windowsByGroup: Record<string, Window[]>;
  /** From then on nothing is sent, whatever open time is left; null where open time alone decides. */
  expiresAtMs: number | null;
  zone: string;
  /** Of the tenant: `ja` or `en`. */
  locale: string;
  expiryMs: number;
  /** Since when open time is counted: the launch, or the last time that unknowns were sent again. */
  openSinceMs: number;
  rescanEpoch: number;
  /** Of the tenant, by staff: its share of a lane's time, and messages a second for one lane at one site. */
  weight: number;
  rateMax: number | null;
  /** False while the audience is still being cut: more rows may follow. */
  isCut: boolean;
}

/**
 * The running campaigns of active tenants that have rows in this lane and are not done with it. Left out: what staff have
 * stopped (the lane, its site, the tenant, or everything), and what has passed its expiry.
 */
export async function readLaneCampaigns(
  scope: WorkerScope,
  laneId: string,
): Promise<LaneCampaign[]> {
  const { rows } = await scope.query<LaneCampaignRow>(
    `select c.tenant_id as "tenantId", c.id as "campaignId", c.kind, c.mode, c.from_name as "fromName",
            c.from_email as "fromEmail", c.content, t.zone, t.locale,
            jsonb_build_object('installation', jsonb_build_object('window', i."window", 'groupWindows', i.group_windows),
                               'tenant', jsonb_build_object('window', t."window", 'groupWindows', t.group_windows),
                               'campaign', jsonb_build_object('window', c."window", 'groupWindows', c.group_windows)) as levels,
            c.expiry_hours * 3600000::float8 as "expiryMs", (extract(epoch from coalesce(c.reopened_at, c.launched_at)) * 1000)::float8 as "openSinceMs",
            (extract(epoch from c.expires_at) * 1000)::float8 as "expiresAtMs",
            t.weight, t.rate_max as "rateMax", c.rescan_epoch as "rescanEpoch", c.total is not null as "isCut"
       from campaign_lane cl
       join campaign c on c.tenant_id = cl.tenant_id and c.id = cl.campaign_id
       join tenant t on t.id = c.tenant_id
       join lane l on l.id = cl.lane_id
       cross join installation i
      where cl.lane_id = $1 and cl.done_at is null and c.state = 'running' and t.status = 'active'
        and (c.expires_at is null or c.expires_at > now())
        and not i.stopped && array['everything:', 'lane:' || l.id, 'destination:' || l.site, 'tenant:' || c.tenant_id]`,
    [laneId],
  );
  if (rows.length === 0) return [];
  const keys = groupKeysOf(await readDestinationGroups(scope));
  return rows.map((row) => withWindows(row, keys));
}

type LaneCampaignRow = Omit<LaneCampaign, 'windowsByGroup'> & { levels: WindowLevels };

function withWindows(
  { levels, ...campaign }: LaneCampaignRow,
  groupKeys: readonly string[],
): LaneCampaign {
  // A test message is for its sender: it goes at any hour.
  const byGroup =
    campaign.kind === 'test'
      ? Object.fromEntries(groupKeys.map((key) => [key, []]))
      : windowsByGroup(levels, groupKeys);
  return { ...campaign, windowsByGroup: byGroup };
}

/**
 * Says when this lane has something to do for a campaign again: a time, or `done`. `done` is refused (and the lane stays
 * due) where rows became waiting in the meantime, that is where rescan_epoch is not the one that was read.
 */
export async function setLaneDue(
  scope: WorkerScope,
  due: {
    tenantId: string;
    campaignId: string;
    laneId: string;
    rescanEpoch: number;
    next: number | 'done';
  },
): Promise<void> {
  const isDone = due.next === 'done';
  await scope.query(
    `update campaign_lane cl
        set done_at = case when $4 then now() end,
            next_due_at = case when $4 then next_due_at else to_timestamp($5::float8 / 1000) end
       from campaign c
      where cl.tenant_id = $1 and cl.campaign_id = $2 and cl.lane_id = $3
        and c.tenant_id = $1 and c.id = $2 and c.rescan_epoch = $6 and (not $4 or c.total is not null)`,
    [due.tenantId, due.campaignId, due.laneId, isDone, isDone ? 0 : due.next, due.rescanEpoch],
  );
}

/** A lane that nobody owns, and the epoch of its last owner. */
export interface FreeLane {
  laneId: string;
  epoch: number;
}

/** Lanes with something due and no owner, the longest due first; none that staff have stopped. */
export async function readDueLanes(scope: WorkerScope, limit: number): Promise<FreeLane[]> {
  const { rows } = await scope.query<FreeLane>(
    `select cl.lane_id as "laneId", l.epoch
       from campaign_lane cl
       join campaign c on c.tenant_id = cl.tenant_id and c.id = cl.campaign_id
       join tenant t on t.id = c.tenant_id
       join lane l on l.id = cl.lane_id
       cross join installation i
      where cl.done_at is null and cl.next_due_at <= now() and c.state = 'running' and t.status = 'active'
        and (c.expires_at is null or c.expires_at > now())
        and not i.stopped && array['everything:', 'lane:' || l.id, 'destination:' || l.site, 'tenant:' || c.tenant_id]
        and (l.lease_until is null or l.lease_until <= now())
      group by cl.lane_id, l.epoch order by min(cl.next_due_at) limit $1`,
    [limit],
  );
  return rows;
}

/** Lanes whose owner is gone and that still may hold fenced rows of campaigns that were paused or cancelled since. */
export async function readOrphanedLanes(scope: WorkerScope): Promise<FreeLane[]> {
  const { rows } = await scope.query<FreeLane>(
    'select id as "laneId", epoch from lane where owner is not null and lease_until <= now() order by id limit 100',
  );
  return rows;
}
