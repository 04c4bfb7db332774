/** Starts the product as an operator would, in a home of its own, for the browser tests. */
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../packages/testkit/src/postgres.mjs';
import { guardFolder, guardProcess } from '../../../packages/testkit/src/process-guard.mjs';
import { at, readJson } from '../project.mjs';
import { runningInstance } from '../start/home.mjs';

const STOP_MS = 60_000;

/** Retries after seconds instead of minutes, and messages kept so that their links can be followed. */
const FASTER = {
  HIKYAKU_KEEP_MESSAGES: '1',
  SOURCE_POOLS: 'calm=127.0.0.2',
  WORKER_TUNING: JSON.stringify({ timeScale: 0.01, timerMs: 300 }),
};

/**
 * `{ variables, stop }`: `variables` is what the browser tests read, see e2e/. Throws when a stage
 * failed; what the start says is passed on.
 */
export async function startInstallation(more = {}) {
  const home = mkdtempSync(join(tmpdir(), 'hikyaku-e2e-'));
  chmodSync(home, 0o755);
  const forget = guardFolder(home);
  // Far from 3000: the developer's own instance may run there.
  const port = await freePort(3_100 + (process.pid % 800));
  const env = { ...process.env, ...FASTER, ...more, HIKYAKU_HOME: home, PORT: String(port) };
  for (const name of ['DATABASE_URL', 'REDIS_URL', 'DELIVER_TO_INTERNET', 'BASE_URL', 'HOST']) {
    env[name] = more[name] ?? '';
  }
  const child = spawn(process.execPath, [at('scripts/start.mjs')], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const release = guardProcess(child.pid, { signal: 'SIGTERM', order: 0 });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      output += data;
      process.stdout.write(data);
    });
  }
  const ended = new Promise((settle) => child.once('exit', settle).once('error', settle));
  const stop = async () => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(late);
    release();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    forget();
  };
  const ready = new Promise((settle) => {
    child.stdout.on('data', () => /^Ready after|\bReady\b.*after/m.test(output) && settle('ready'));
  });
  if ((await Promise.race([ready, ended])) !== 'ready') {
    await stop();
    throw new Error('npm start did not get ready: see above.');
  }
  const { control } = runningInstance(home);
  const kept = readJson(join(home, 'environment.json'));
  return {
    stop,
    variables: {
      ...kept,
      HIKYAKU_HOME: home,
      E2E_BASE_URL: kept.BASE_URL,
      E2E_PASSWORD: kept.HIKYAKU_DEMO_PASSWORD,
      E2E_JOURNAL: kept.HIKYAKU_JOURNAL,
      E2E_RECEIVER: `http://127.0.0.1:${control}`,
    },
  };
}
