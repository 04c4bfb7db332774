/** What all faults share: one Postgres that can be killed and started again on its port, and a migrated template. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureRoles, migrate, runtimeUrls } from '@hikyaku/db/migrate';
import {
  createTestDatabase,
  prepareTemplate,
  type RunningPostgres,
  startPostgres,
  type TestDatabase,
  type TestDatabaseUrls,
} from '@hikyaku/testkit/postgres';
import { guardFolder } from '@hikyaku/testkit/process-guard';

const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

export interface World {
  /** A migrated database of the fault's own. */
  createDatabase(): Promise<TestDatabase>;
  readonly postgresPort: number;
  /** Ends Postgres at once, as a crash of it does; the next start recovers. */
  killPostgres(): Promise<void>;
  /** On the same folder and port. */
  startPostgres(): Promise<void>;
  close(): Promise<void>;
}

/** `home`: an empty folder that is the caller's to remove; default: a temporary one. */
export async function openWorld(
  given: { home?: string; settings?: Record<string, string> } = {},
): Promise<World> {
  const home = given.home ?? mkdtempSync(join(tmpdir(), 'hikyaku-faults-'));
  const forget = given.home ? () => {} : guardFolder(home);
  // Where this runs as root, Postgres runs as somebody else, who has to reach the folder.
  chmodSync(home, 0o755);
  const start = (port?: number) =>
    startPostgres({
      dataDir: join(home, 'data'),
      port,
      settings: { max_connections: '300', ...given.settings },
    });
  let postgres: RunningPostgres | undefined = await start();
  const { port } = postgres;
  await prepareTemplate(postgres.url, prepare);
  const cluster = clusterInForce();
  return {
    createDatabase: () => {
      // Another world may have been opened since.
      Object.assign(process.env, cluster);
      return createTestDatabase();
    },
    postgresPort: port,
    killPostgres: async () => {
      postgres?.kill();
      await postgres?.stop();
      postgres = undefined;
    },
    startPostgres: async () => {
      postgres = await start(port);
      if (postgres.port !== port)
        throw new Error(`Postgres came back on port ${postgres.port} instead of ${port}.`);
    },
    close: async () => {
      await postgres?.stop();
      if (given.home) return;
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
      forget();
    },
  };
}

/** What testkit keeps of the cluster whose template was made last. */
function clusterInForce(): Record<string, string | undefined> {
  const names = Object.keys(process.env).filter((name) => name.startsWith('HIKYAKU_TEST_'));
  return Object.fromEntries(names.map((name) => [name, process.env[name]]));
}

async function prepare(
  ownerUrl: string,
  secret: string,
): Promise<Omit<TestDatabaseUrls, 'ownerUrl'>> {
  await migrate({ ownerUrl, migrationsDir: MIGRATIONS });
  await ensureRoles({ ownerUrl, secret });
  const { app, auth, staff, worker, queue } = runtimeUrls(ownerUrl, secret);
  return { appUrl: app, authUrl: auth, staffUrl: staff, workerUrl: worker, queueUrl: queue };
}
