/**
 * What a benchmark runs against: a Postgres of its own with fsync on, receiver and worker processes. Every worker is watched
 * for memory. `scale` below 1 makes everything smaller: for trying a part out, never for a figure.
 */
import { fileURLToPath } from 'node:url';
import { closeDb, type Db, openDb, type TenantScope, withTenant } from '@hikyaku/db';
import { ensureRoles, migrate, type RuntimeUrls, runtimeUrls } from '@hikyaku/db/migrate';
import { ensureDatabase, startPostgres } from '@hikyaku/testkit/postgres';
import { type ReceiverProcess, startReceiverProcess } from '@hikyaku/testkit/receiver-process';
import { openScenario, type Scenario } from '@hikyaku/testkit/scenario';
import { startWorkerProcess, type WorkerProcess } from '@hikyaku/testkit/worker-process';
import { MemoryWatch } from './memory-watch.ts';

export type Say = (line: string) => void;

export interface Rig {
  readonly urls: RuntimeUrls;
  readonly scenario: Scenario;
  /** fsync, synchronous_commit and version, as they are in force. */
  readonly durability: string;
  readonly memory: MemoryWatch;
  readonly postgresPid: number;
  readonly say: Say;
  /** As many as asked for, times the scale. */
  scaled(count: number): number;
  /** A worker with an installation's settings, except for `tuning`. */
  startWorker(routes: string, tuning?: Record<string, unknown>): Promise<WorkerProcess>;
  asTenant<T>(tenantId: string, work: (scope: TenantScope) => Promise<T>): Promise<T>;
  /** Forgets all tenants with their mail, so that each part begins alike and the disk stays small. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

const SECRET = 'a secret for benchmarks only, kept nowhere';
const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
/** What the worker takes without WORKER_TUNING; the testkit's are for tests. */
const DEFAULTS = { leaseMs: 30_000, timeScale: 1, timerMs: 1_000, idleMs: 5_000 };

/** `profileDir`: where workers leave a CPU profile when they end. */
export async function openRig(options: {
  scale: number;
  profileDir?: string;
  say: Say;
}): Promise<Rig> {
  const postgres = await startPostgres({
    settings: { shared_buffers: '512MB', max_wal_size: '1GB', max_connections: '100' },
  });
  const ownerUrl = await ensureDatabase(postgres.url, { name: 'hikyaku_bench', password: SECRET });
  await migrate({ ownerUrl, migrationsDir: MIGRATIONS });
  await ensureRoles({ ownerUrl, secret: SECRET });
  const urls = runtimeUrls(ownerUrl, SECRET);
  const scenario = await openScenario(withDatabase(postgres.url, 'hikyaku_bench'));
  const [settings] = await scenario.query<{ line: string }>(
    `select format('Postgres %s, fsync=%s, synchronous_commit=%s', current_setting('server_version'), current_setting('fsync'),
            current_setting('synchronous_commit')) as line`,
  );
  const memory = new MemoryWatch();
  let db: Db | undefined;
  const env = options.profileDir && {
    NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${options.profileDir}`,
  };
  return {
    urls,
    scenario,
    durability: settings?.line ?? '',
    memory,
    postgresPid: postgres.pid,
    say: options.say,
    scaled: (count) => Math.max(20, Math.round(count * options.scale)),
    async startWorker(routes, tuning) {
      const worker = await startWorkerProcess({
        database: { workerUrl: urls.worker, queueUrl: urls.queue },
        routes,
        tuning: { ...DEFAULTS, ...tuning },
        ...(env && { env }),
      });
      memory.add(worker.pid);
      return worker;
    },
    asTenant: (tenantId, work) => {
      db ??= openDb({ url: urls.app, max: 2 });
      return withTenant(db, tenantId, work, { timeoutMs: 60_000 });
    },
    async empty() {
      await scenario.query('truncate tenant, lane, delivery cascade');
      await scenario.query('checkpoint');
    },
    async close() {
      memory.stop();
      if (db) await closeDb(db);
      await scenario.close();
      await postgres.stop();
    },
  };
}

/** One destination that takes everything as fast as it can; its journal keeps accepted mail only. */
export function fastReceiver(manners: Record<string, unknown> = {}): Promise<ReceiverProcess> {
  return receiverOf([{ name: 'all', domains: ['*'], manners }]);
}

export function receiverOf(
  destinations: { name: string; domains: string[]; manners?: Record<string, unknown> }[],
): Promise<ReceiverProcess> {
  return startReceiverProcess({
    config: { destinations },
    journalEvents: 'accepted',
    journalSync: 'off',
  });
}

function withDatabase(url: string, name: string): string {
  const parsed = new URL(url);
  parsed.pathname = `/${name}`;
  return parsed.href;
}
