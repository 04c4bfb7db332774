/**
 * The lease that makes one worker the sole owner of a lane. Its clock is the database's; `epoch` rises with each owner.
 * Invariant: two owners never hold overlapping leases, and a statement of an old epoch changes nothing.
 */
import type { WorkerScope } from '../scope/worker-scope.ts';

/** A lane held by this worker. */
export interface LaneLease {
  laneId: string;
  site: string;
  source: string;
  owner: string;
  epoch: number;
}

/** The lane, if its former lease has run out or was given back; undefined otherwise. */
export async function acquireLane(
  scope: WorkerScope,
  { laneId, owner, leaseMs }: { laneId: string; owner: string; leaseMs: number },
): Promise<LaneLease | undefined> {
  const { rows } = await scope.query<{ site: string; source: string; epoch: number }>(
    `update lane set owner = $2, epoch = epoch + 1, lease_until = now() + $3::float8 * interval '1 millisecond'
      where id = $1 and (lease_until is null or lease_until <= now())
      returning site, source, epoch`,
    [laneId, owner, leaseMs],
  );
  return rows[0] && { laneId, owner, ...rows[0] };
}

/** Those of the given lanes whose lease still was ours and now runs `leaseMs` from the database's now. */
export async function renewLanes(
  scope: WorkerScope,
  leases: readonly LaneLease[],
  leaseMs: number,
): Promise<Set<string>> {
  const { rows } = await scope.query<{ id: string }>(
    `update lane l set lease_until = now() + $3::float8 * interval '1 millisecond'
       from unnest($1::bigint[], $2::int[]) as w(id, epoch)
      where l.id = w.id and l.epoch = w.epoch and l.lease_until > now()
      returning l.id`,
    [leases.map((lease) => lease.laneId), leases.map((lease) => lease.epoch), leaseMs],
  );
  return new Set(rows.map((row) => row.id));
}

/** Gives the lane back at once. Only after its last settle: whoever takes it next calls what is left `unknown`. */
export async function releaseLane(scope: WorkerScope, lease: LaneLease): Promise<void> {
  await scope.query(
    'update lane set owner = null, lease_until = null where id = $1 and epoch = $2',
    [lease.laneId, lease.epoch],
  );
}
