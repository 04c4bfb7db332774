/**
 * Starts a private Postgres from embedded binaries: loopback only, a data folder that survives kill -9,
 * as root or as an ordinary user. It ends with the process that started it. No dependency but Node.
 */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findBinaries } from './postgres-binaries.mjs';
import { giveTo, waysToRun } from './postgres-user.mjs';
import { guardFolder, guardProcess } from './process-guard.mjs';

export { installedPostgres } from './postgres-binaries.mjs';
export { ensureDatabase } from './postgres-database.mjs';
export { createTestDatabase, prepareTemplate } from './postgres-test-database.mjs';

const START_MS = 30_000;
const PASSWORD_FILE = 'hikyaku.superuser';
const DEFAULTS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/**
 * Starts (and first creates) a cluster. Without `dataDir` it is temporary and removed by `stop`.
 * A taken `port` gives way to the next free one: compare with the `port` that comes back.
 * `settings` override postgresql.conf; `logFile` gets the server's log.
 * Throws POSTGRES_INIT_FAILED or POSTGRES_START_FAILED with the tail of the log.
 */
export async function startPostgres({ dataDir, port = 0, settings = {}, logFile } = {}) {
  const isTemporary = dataDir === undefined;
  const home = isTemporary ? mkdtempSync(join(tmpdir(), 'hikyaku-postgres-')) : undefined;
  const data = resolve(dataDir ?? join(home, 'data'));
  const log = logFile ?? (isTemporary ? join(home, 'postgres.log') : `${data}.log`);
  const forget = isTemporary ? guardFolder(home) : () => {};
  if (isTemporary) spawnSync('chmod', ['755', home]);
  mkdirSync(dirname(data), { recursive: true });
  mkdirSync(dirname(log), { recursive: true });

  const { initdb, postgres } = findBinaries();
  const ways = waysToRun(postgres, dirname(data));
  // Written last: a creation that was killed half way has no such file, and begins anew.
  const isFresh = !existsSync(join(data, PASSWORD_FILE));
  const way = isFresh ? initialise(ways, initdb, data) : ways[0];
  if (!way) throw failure('POSTGRES_START_FAILED', noWay(data));
  giveTo(way.owner, data);
  const password = readFileSync(join(data, PASSWORD_FILE), 'utf8').trim();
  await endLeftover(data);

  for (let attempt = 1; ; attempt++) {
    const actualPort = await freePort(port + attempt - 1, port === 0);
    const server = launch({
      way,
      postgres,
      data,
      log,
      settings: { ...settings, port: actualPort },
    });
    if (await becomesReady(server, data)) {
      const url = `postgresql://postgres:${password}@127.0.0.1:${actualPort}/postgres`;
      const stop = async () => {
        await end(server);
        if (!isTemporary) return;
        rmSync(home, { recursive: true, force: true, maxRetries: 5 });
        forget();
      };
      return {
        url,
        port: actualPort,
        pid: server.pid,
        isFresh,
        stop,
        kill: () => send(server.pid, 'SIGQUIT'),
      };
    }
    await end(server);
    const tail = readFileSync(log, 'utf8').split('\n').slice(-15).join('\n');
    // A port may be taken between our look and the bind; orphans of a killed server go within seconds.
    const mayPass = /could not bind|pre-existing shared memory|lock file/.test(tail);
    if (!mayPass || attempt === 5) {
      throw failure(
        'POSTGRES_START_FAILED',
        `Postgres did not start on ${data}. Its log ends:\n${tail}`,
      );
    }
    await sleep(500 * attempt);
  }
}

function initialise(ways, initdb, data) {
  const password = randomBytes(24).toString('base64url');
  let output = '';
  for (const way of ways) {
    rmSync(data, { recursive: true, force: true });
    mkdirSync(data, { mode: 0o700 });
    const passwordFile = `${data}.initial-password`;
    writeFileSync(passwordFile, password, { mode: 0o600 });
    giveTo(way.owner, data);
    giveTo(way.owner, passwordFile);
    const { file, args, options } = way.command(initdb, [
      ...[
        '--pgdata',
        data,
        '--username=postgres',
        '--auth=scram-sha-256',
        '--pwfile',
        passwordFile,
      ],
      ...['--locale=C', '--encoding=UTF8', '--no-instructions'],
    ]);
    const done = spawnSync(file, args, { ...options, encoding: 'utf8', env: environment() });
    rmSync(passwordFile, { force: true });
    if (done.status === 0) {
      const kept = join(data, PASSWORD_FILE);
      writeFileSync(kept, `${password}\n`, { mode: 0o600 });
      giveTo(way.owner, kept);
      return way;
    }
    output += `\nas ${way.name}: ${done.stderr || done.stdout || done.error?.message}`;
  }
  rmSync(data, { recursive: true, force: true });
  throw failure('POSTGRES_INIT_FAILED', ways.length ? `initdb failed.${output}` : noWay(data));
}

function launch({ way, postgres, data, log, settings }) {
  const pairs = Object.entries({ ...DEFAULTS, ...settings });
  const { file, args, options } = way.command(postgres, [
    ...['-D', data],
    ...pairs.flatMap(([key, value]) => ['-c', `${key}=${value}`]),
  ]);
  const output = openSync(log, 'a');
  // Its own process group: the terminal's Ctrl-C must not end the database before its clients.
  const child = spawn(file, args, {
    ...options,
    detached: true,
    stdio: ['ignore', output, output],
    env: environment(),
  });
  closeSync(output);
  const server = { pid: child.pid, isGone: false, gone: undefined };
  const release = guardProcess(child.pid, { signal: 'SIGINT', order: 9 });
  server.gone = new Promise((settle) => {
    const finish = () => {
      server.isGone = true;
      release();
      settle();
    };
    child.once('exit', finish).once('error', finish);
  });
  child.unref();
  return server;
}

/** Postgres itself writes its state into the eighth line of postmaster.pid. */
async function becomesReady(server, data) {
  const deadline = Date.now() + START_MS;
  while (!server.isGone && Date.now() < deadline) {
    const lines = pidFile(data);
    if (Number(lines[0]) === server.pid && lines[7]?.startsWith('ready')) return true;
    await sleep(30);
  }
  return false;
}

async function end(server) {
  // INT: fast shutdown with a checkpoint. QUIT: at once, recovery at the next start.
  for (const [signal, waitMs] of [
    ['SIGINT', 20_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ]) {
    if (server.isGone || !server.pid) return;
    send(server.pid, signal);
    const timeout = new AbortController();
    const late = sleep(waitMs, undefined, { signal: timeout.signal }).catch(() => {});
    await Promise.race([server.gone, late]);
    timeout.abort();
  }
}

/** After kill -9 of our parent a server may still run on this folder, or only its stale pid file remain. */
async function endLeftover(data) {
  const pid = Number(pidFile(data)[0]);
  if (!pid) return;
  const isOurs = () => send(pid, 0) && commandOf(pid).includes(data);
  if (isOurs()) send(pid, 'SIGINT');
  const deadline = Date.now() + 20_000;
  while (isOurs() && Date.now() < deadline) await sleep(50);
  if (isOurs()) send(pid, 'SIGKILL');
  // The number may belong to some other program by now; Postgres would refuse to start for its sake.
  rmSync(join(data, 'postmaster.pid'), { force: true });
}

function pidFile(data) {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

function commandOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return (
      spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? ''
    );
  }
}

function send(pid, signal) {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** The first free port from `wanted` on, or any. */
export async function freePort(wanted = 0, isAny = !wanted, host = '127.0.0.1') {
  for (let port = isAny ? 0 : wanted; ; port++) {
    const found = await new Promise((settle) => {
      const probe = createServer();
      probe.once('error', () => settle(undefined));
      probe.listen({ port, host }, () => {
        const { port: got } = probe.address();
        probe.close(() => settle(got));
      });
    });
    if (found) return found;
  }
}

function environment() {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}

function failure(code, message) {
  return Object.assign(new Error(message), { code });
}

function noWay(data) {
  return (
    `Postgres refuses to run as root, and no other user can reach ${data} or the installed binaries. ` +
    'Run as an ordinary user, put the clone where user nobody can read it, or set DATABASE_URL.'
  );
}
