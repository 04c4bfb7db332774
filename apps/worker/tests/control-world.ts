/** What the control suites share: a database, a receiver of several sites, a worker, and ways to look at a campaign. */
import {
  asStaff,
  closeDb,
  type Db,
  openDb,
  type StaffScope,
  type suspendTenant,
  type TenantScope,
  withTenant,
} from '@hikyaku/db';
import { createTestDatabase, type TestDatabase } from '@hikyaku/testkit/postgres';
import { type ReceiverProcess, startReceiverProcess } from '@hikyaku/testkit/receiver-process';
import { openScenario, type Scenario } from '@hikyaku/testkit/scenario';
import { startWorkerProcess, type WorkerProcess } from '@hikyaku/testkit/worker-process';
import { afterAll, beforeAll, expect } from 'vitest';

export const WAIT_MS = 120_000;
export const LONG = { timeout: 300_000 };
export const LEASE_MS = 1_500;
export const SESSIONS = 4;
/** Sites of their own, so that there are as many lanes. */
export const SITES = 6;
const ALL_DAY = { days: [1, 2, 3, 4, 5, 6, 7], start: '00:00', end: '24:00' };

let database: TestDatabase;
export let receiver: ReceiverProcess;
export let scenario: Scenario;
export let worker: WorkerProcess;
let app: Db | undefined;
let staff: Db | undefined;
export let workerDb: Db;
export let tenantId: string;

export const start = () =>
  startWorkerProcess({
    database,
    routes: receiver.routes,
    tuning: {
      leaseMs: LEASE_MS,
      timerMs: 100,
      sessionsPerSite: SESSIONS,
      sessionsAtStart: SESSIONS,
      busyMin: 20,
      launchChunk: 20,
      lanesPerWorker: SITES - 1,
    },
  });

/** Call once at the top of a suite. */
export function useControlWorld(): void {
  beforeAll(async () => {
    database = await createTestDatabase();
    const open = (url: string) => openDb({ url, max: 4 });
    app = open(database.appUrl);
    staff = open(database.staffUrl);
    workerDb = open(database.workerUrl);
    const names = ['all', ...Array.from({ length: SITES }, (_, i) => `site${i}`)];
    receiver = await startReceiverProcess({
      journalSync: 'off',
      config: {
        destinations: names.map((name) => ({
          name,
          domains: [name === 'all' ? '*' : `${name}.example`],
          manners: { latencyMs: 40 },
        })),
      },
    });
    scenario = await openScenario(database.superuserUrl);
    tenantId = await scenario.tenant();
    worker = await start();
  });

  afterAll(async () => {
    await worker?.stop(30_000);
    for (const db of [app, staff, workerDb]) if (db) await closeDb(db);
    await scenario?.close();
    await receiver?.stop();
    await database?.drop();
  });
}

export const tenant = <T>(work: (scope: TenantScope) => Promise<T>) =>
  withTenant(app as Db, tenantId, work);
export const inStaff = <T>(work: (scope: StaffScope) => Promise<T>) =>
  asStaff(staff as Db, null, work);
export const byStaff = (change: typeof suspendTenant) =>
  asStaff(staff as Db, null, (scope) => change(scope, { tenantId, reason: 'test' }));

export const people = (count: number, domain = 'busy.example') => {
  const run = Math.random().toString(36).slice(2, 8);
  return Array.from({ length: count }, (_, i) => `p${i}-${run}@${domain}`);
};

export async function campaignTo(
  emails: readonly string[],
  options: { window?: object; startAtMs?: number } = {},
) {
  const listId = await scenario.list(tenantId, emails);
  return scenario.campaign({ tenantId, listId, ...options });
}

/** Delivery ids of a campaign by what the row says now. */
export async function rowsOf(campaignId: string) {
  return scenario.query<{ id: string; state: string; email: string; category: string | null }>(
    'select id, state, email, category from delivery where campaign_id = $1',
    [campaignId],
  );
}

/** Copies that the receiver accepted, by delivery id, of this campaign. */
export async function copiesOf(campaignId: string): Promise<Map<string, number>> {
  const ids = new Set((await rowsOf(campaignId)).map((row) => row.id));
  const copies = new Map<string, number>();
  for (const { headerDeliveryId: id } of receiver.accepted())
    if (id && ids.has(id)) copies.set(id, (copies.get(id) ?? 0) + 1);
  return copies;
}

export async function accepted(campaignId: string, atLeast: number): Promise<void> {
  await scenario.until(campaignId, (states) => (states.accepted ?? 0) >= atLeast, WAIT_MS);
}

export const settled = (campaignId: string) =>
  scenario.until(campaignId, (states) => !states.sending, WAIT_MS);

/** Everybody once, and the log says so of each. */
export async function expectEachOnce(campaignId: string, count: number): Promise<void> {
  const copies = await copiesOf(campaignId);
  expect(copies.size).toBe(count);
  expect([...copies.values()].filter((n) => n !== 1)).toEqual([]);
}

/** The worker that tests stop and that ends with the suite. */
export function setWorker(next: WorkerProcess): void {
  worker = next;
}

/** When each lane of the campaign that is not done says that it is due, each time once. */
export async function nextDueMs(campaignId: string): Promise<number[]> {
  const rows = await scenario.query<{ at: Date }>(
    'select distinct next_due_at as at from campaign_lane where campaign_id = $1 and done_at is null',
    [campaignId],
  );
  return rows.map(({ at }) => at.getTime());
}

/** A window that opens `ms` from now or up to a second later, in a zone where it is about noon. */
export function windowFrom(ms: number): { window: object; atMs: number } {
  const atMs = Math.ceil((Date.now() + ms) / 1_000) * 1_000;
  const hour = new Date().getUTCHours();
  // POSIX signs: Etc/GMT-3 is three hours ahead of UTC.
  const zone = `Etc/GMT${hour > 12 ? '+' : '-'}${Math.abs(hour - 12)}`;
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'medium' });
  return { window: { ...ALL_DAY, start: format.format(atMs), zone }, atMs };
}
