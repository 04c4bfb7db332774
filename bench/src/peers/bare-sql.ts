/**
 * The delivery log without a delivery: fences and settles every row of a campaign as the worker does, as fast as Postgres
 * takes them. Fences run one statement ahead of the settles, as in the worker, and both in batches of its size.
 */
import { asWorker, closeDb, openDb, type WorkerScope } from '@hikyaku/db';
import {
  acquireLane,
  beginLaunch,
  cutChunk,
  DELIVERY_SETTINGS,
  type DueDelivery,
  ensureLanes,
  fenceDeliveries,
  type LaneLease,
  type Outcome,
  readWaiting,
  releaseLane,
  settleDeliveries,
} from '@hikyaku/db/worker';
import type { Rig } from '../rig.ts';

const BATCH = 500;
const OWNER = 'bare-sql';

/** Rows per second. No worker may run meanwhile: it would deliver them. */
export async function runBareSql(
  rig: Rig,
  list: { tenantId: string; listId: string },
): Promise<number> {
  const db = openDb({ url: rig.urls.worker, max: 4, settings: DELIVERY_SETTINGS });
  const scope = asWorker(db);
  try {
    const campaignId = await rig.scenario.campaign({ ...list, mode: 'bulk' });
    const [laneId] = (await ensureLanes(scope, [{ site: OWNER, source: '127.0.0.1' }])) as [string];
    await cutAll(scope, campaignId, list.listId, laneId);
    const lease = await acquireLane(scope, { laneId, owner: OWNER, leaseMs: 900_000 });
    if (!lease) throw new Error('The lane of the bare SQL is taken.');
    const rows = await readAll(scope, { tenantId: list.tenantId, campaignId, laneId });
    const seconds = await fenceAndSettle(scope, lease, rows);
    await rig.scenario.query(
      `update campaign set state = 'finished', finished_at = now() where id = $1`,
      [campaignId],
    );
    await releaseLane(scope, lease);
    return rows.length / seconds;
  } finally {
    await closeDb(db);
  }
}

async function cutAll(scope: WorkerScope, campaignId: string, listId: string, laneId: string) {
  await beginLaunch(scope, campaignId);
  const cut = { campaignId, listId, lanes: new Map<string, string[]>(), otherLaneId: laneId };
  while (!(await cutChunk(scope, { ...cut, size: 10_000 })).isDone);
}

async function readAll(
  scope: WorkerScope,
  from: { tenantId: string; campaignId: string; laneId: string },
) {
  const rows: DueDelivery[] = [];
  for (let afterId = '0'; ; afterId = rows.at(-1)?.id ?? '0') {
    const some = await readWaiting(scope, { ...from, afterId, limit: 5_000 });
    rows.push(...some);
    if (some.length === 0) return rows;
  }
}

async function fenceAndSettle(
  scope: WorkerScope,
  { laneId, epoch }: LaneLease,
  rows: readonly DueDelivery[],
): Promise<number> {
  const startedMs = performance.now();
  let settling: Promise<number> = Promise.resolve(0);
  let settled = 0;
  for (let at = 0; at < rows.length; at += BATCH) {
    const batch = rows.slice(at, at + BATCH);
    const { ids, atMs } = await fenceDeliveries(
      scope,
      OWNER,
      batch.map((row) => ({ ...row, laneId, epoch })),
    );
    const fenced = new Set(ids);
    settled += await settling;
    settling = settleDeliveries(
      scope,
      batch.filter((row) => fenced.has(row.id)).map((row) => outcomeOf(row, laneId, epoch, atMs)),
    );
  }
  settled += await settling;
  if (settled !== rows.length)
    throw new Error(`${settled} of ${rows.length} rows were settled: this speed does not count.`);
  return (performance.now() - startedMs) / 1_000;
}

/** As wide as what the worker writes. */
function outcomeOf(row: DueDelivery, laneId: string, epoch: number, fencedAtMs: number): Outcome {
  return {
    ...{ tenantId: row.tenantId, id: row.id, laneId, epoch },
    ...{ state: 'accepted', disposition: 'accepted', nextAttemptMs: null, atMs: Date.now() },
    ...{ source: '127.0.0.1', mxHost: '127.0.0.1', mxAddress: '127.0.0.1:40000' },
    ...{ session: 'bench-host-12345-lx2k3j4h-7f', transaction: 12, mode: 'bulk', phase: 'DOT' },
    ...{
      code: 250,
      enhanced: '2.0.0',
      text: '2.0.0 Ok: queued as 1f2e3d4c-12',
      category: 'accepted',
    },
    ...{ envelopeMs: 3, dotMs: 4, sizeBytes: 4_000, tls: null },
    ...{ isUnfenced: false, attemptsBefore: row.attempts, fencedAtMs },
  };
}
