/** The real programs that some tests need: found here, or said to be missing. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../../packages/testkit/src/postgres.mjs';
import { guardFolder, guardProcess } from '../../../packages/testkit/src/process-guard.mjs';
import { at, nodeForTypeScript } from '../project.mjs';
import { runTool } from '../run-tool.mjs';

const CHROMIUMS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** The path of a program, looked for in PATH and where Debian puts what only root runs. */
export function findProgram(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter).concat('/usr/sbin', '/usr/bin');
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(existsSync);
}

/** A browser: CHROMIUM_PATH, the system's, Playwright's own, or Playwright's after a download. */
export async function findChromium() {
  const given = process.env.CHROMIUM_PATH || findProgram(...CHROMIUMS);
  if (given) return given;
  // Playwright belongs to e2e, and is asked from there.
  const load = createRequire(at('e2e/package.json'));
  const downloaded = () => load('@playwright/test').chromium.executablePath();
  if (existsSync(downloaded())) return downloaded();
  console.log('No Chromium here: asking Playwright to download one …');
  const cli = at('node_modules/@playwright/test/cli.js');
  await runTool(nodeForTypeScript(), [cli, 'install', 'chromium-headless-shell', 'chromium']);
  return existsSync(downloaded()) ? downloaded() : undefined;
}

/** Whether the system can show Japanese; without a font the screenshots are boxes, and the tests still hold. */
export function hasJapaneseFont() {
  const found = spawnSync('fc-list', [':lang=ja', 'family'], { encoding: 'utf8' });
  return found.status === 0 && found.stdout.trim() !== '';
}

/**
 * A Redis for the tests: the one of HIKYAKU_TEST_REDIS, or a private one that keeps nothing.
 * `{ url, stop }`, or undefined where there is none.
 */
export async function startRedis() {
  if (process.env.HIKYAKU_TEST_REDIS) {
    return { url: process.env.HIKYAKU_TEST_REDIS, stop: async () => {} };
  }
  const program = findProgram('redis-server', 'valkey-server');
  if (!program) return undefined;
  const port = await freePort();
  const dir = mkdtempSync(join(tmpdir(), 'hikyaku-redis-'));
  const forget = guardFolder(dir);
  const child = spawn(
    program,
    [
      ...['--port', String(port), '--bind', '127.0.0.1', '--dir', dir, '--save', ''],
      ...['--appendonly', 'no', '--maxmemory-policy', 'noeviction'],
    ],
    { stdio: 'ignore', detached: true },
  );
  const release = guardProcess(child.pid);
  const ended = new Promise((settle) => child.once('exit', settle).once('error', settle));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    release();
    rmSync(dir, { recursive: true, force: true });
    forget();
  };
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await accepts(port)) return { url: `redis://127.0.0.1:${port}`, stop };
    await sleep(50);
  }
  await stop();
  return undefined;
}

function accepts(port) {
  return new Promise((settle) => {
    const socket = connect(port, '127.0.0.1', () => settle(true));
    socket.on('connect', () => socket.destroy());
    socket.on('error', () => settle(false));
  });
}
