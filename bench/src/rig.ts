/** What a benchmark runs against: a Postgres of its own with fsync on, a receiver process, worker processes. */

import { fileURLToPath } from 'node:url';
import { ensureRoles, migrate, runtimeUrls } from '@hikyaku/db/migrate';
import { ensureDatabase, startPostgres } from '@hikyaku/testkit/postgres';
import { type ReceiverProcess, startReceiverProcess } from '@hikyaku/testkit/receiver-process';
import { openScenario, type Scenario } from '@hikyaku/testkit/scenario';

export interface Rig {
  database: { workerUrl: string; queueUrl: string };
  scenario: Scenario;
  /** fsync, synchronous_commit and version, as they are in force. */
  durability: string;
  close(): Promise<void>;
}

const SECRET = 'a secret for benchmarks only, kept nowhere';
const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

export async function openRig(): Promise<Rig> {
  const postgres = await startPostgres({
    settings: { shared_buffers: '512MB', max_wal_size: '4GB', max_connections: '100' },
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
  return {
    database: { workerUrl: urls.worker, queueUrl: urls.queue },
    scenario,
    durability: settings?.line ?? '',
    close: async () => {
      await scenario.close();
      await postgres.stop();
    },
  };
}

/** One destination that takes everything as fast as it can; its journal keeps accepted mail only. */
export function fastReceiver(manners: Record<string, unknown> = {}): Promise<ReceiverProcess> {
  return startReceiverProcess({
    config: { destinations: [{ name: 'all', domains: ['*'], manners }] },
    journalEvents: 'accepted',
    journalSync: 'off',
  });
}

function withDatabase(url: string, name: string): string {
  const parsed = new URL(url);
  parsed.pathname = `/${name}`;
  return parsed.href;
}
