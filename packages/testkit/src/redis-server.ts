/** A Redis of the test's own, on loopback and in a folder that goes with it. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './postgres.mjs';
import { guardProcess } from './process-guard.mjs';

export interface RedisServer {
  url: string;
  /** Sends one command, words separated by spaces, and answers the first line of the reply. */
  command(text: string): Promise<string>;
  signal(name: NodeJS.Signals): void;
  /** Killed with -9 and started again on its port: it keeps nothing on disk, so it comes back empty. */
  restartEmpty(): Promise<void>;
  stop(): Promise<void>;
}

/** False with a loud line where there is no redis-server; throws instead under CI=true. */
export function hasRedis(): boolean {
  if (!spawnSync('redis-server', ['--version']).error) return true;
  const line = 'redis-server is not installed: delivery over Redis is NOT tested.';
  if (process.env.CI === 'true') throw new Error(`${line} CI must provide it.`);
  console.warn(`SKIPPED: ${line}`);
  return false;
}

export async function startRedis(): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'hikyaku-redis-'));
  const port = await freePort();
  const command = (text: string) => ask(port, text);
  let server = await launch(port, folder);
  return {
    url: `redis://127.0.0.1:${port}`,
    command,
    signal: (name) => server.process.kill(name),
    restartEmpty: async () => {
      await server.kill();
      server = await launch(port, folder);
    },
    stop: async () => {
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function launch(port: number, folder: string) {
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
  const server: ChildProcess = spawn(
    'redis-server',
    [...options, '--maxmemory-policy', 'noeviction'],
    { stdio: 'ignore' },
  );
  const release = guardProcess(server.pid as number, { signal: 'SIGKILL' });
  const exited = once(server, 'exit').then(release);
  for (const deadline = Date.now() + 30_000; ; ) {
    if ((await ask(port, 'PING').catch(() => '')) === '+PONG') break;
    if (Date.now() > deadline || server.exitCode !== null)
      throw new Error('redis-server did not start');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const kill = async () => {
    server.kill('SIGKILL');
    await exited;
  };
  return { process: server, kill };
}

function ask(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`${text}\r\n`));
    let answer = '';
    socket.setEncoding('utf8').on('data', (data: string) => {
      answer += data;
      if (!answer.includes('\r\n')) return;
      socket.destroy();
      resolve(answer.slice(0, answer.indexOf('\r\n')));
    });
    socket.on('error', reject);
  });
}
