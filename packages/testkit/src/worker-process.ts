/** Starts apps/worker as a process of its own, so that it can be killed with -9 like the real thing. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Child, startChild } from './child-process.ts';
import type { TestDatabaseUrls } from './postgres.d.mts';

const ENTRY = fileURLToPath(new URL('../../../apps/worker/src/main.ts', import.meta.url));

export const TEST_TOKEN_SECRET = 'a secret of tests, at least 32 characters long';

export interface WorkerProcess extends Child {
  healthPort: number;
}

/** Resolves when it takes jobs. `tuning` is merged over settings that live minutes in milliseconds. */
export async function startWorkerProcess(options: {
  database: Pick<TestDatabaseUrls, 'workerUrl' | 'queueUrl'>;
  /** Text of a routes file. */
  routes: string;
  tuning?: Record<string, unknown>;
  redisUrl?: string;
  env?: Record<string, string>;
}): Promise<WorkerProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'hikyaku-worker-'));
  const routesFile = join(folder, 'routes');
  writeFileSync(routesFile, options.routes);
  const child = await startChild(ENTRY, [], {
    env: {
      WORKER_DATABASE_URL: options.database.workerUrl,
      QUEUE_DATABASE_URL: options.database.queueUrl,
      REDIS_URL: options.redisUrl ?? '',
      TOKEN_SECRET: TEST_TOKEN_SECRET,
      BASE_URL: 'http://127.0.0.1:1',
      DELIVER_TO_INTERNET: '',
      ROUTES_FILE: routesFile,
      LOG_LEVEL: 'warn',
      WORKER_TUNING: JSON.stringify({ ...TEST_TUNING, ...options.tuning }),
      ...options.env,
    },
  });
  rmSync(folder, { recursive: true, force: true });
  const { healthPort } = child.ready as { healthPort: number };
  return { ...child, healthPort };
}

/** Retries, margins and expiries of a worker under test run a thousand times as fast. */
export const TIME_SCALE = 0.001;
const TEST_TUNING = { leaseMs: 2_000, timeScale: TIME_SCALE, timerMs: 200, idleMs: 500 };
