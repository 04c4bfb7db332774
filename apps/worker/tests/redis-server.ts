/** A Redis of the test's own, on loopback and in a folder that goes with it. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@hikyaku/testkit/postgres';

export interface RedisServer {
  url: string;
  /** Sends one command, words separated by spaces, and answers the first line of the reply. */
  command(text: string): Promise<string>;
  signal(name: NodeJS.Signals): void;
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
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
  const server: ChildProcess = spawn(
    'redis-server',
    [...options, '--maxmemory-policy', 'noeviction'],
    { stdio: 'ignore' },
  );
  const exited = once(server, 'exit');
  const command = (text: string) => ask(port, text);
  for (const deadline = Date.now() + 30_000; ; ) {
    if ((await command('PING').catch(() => '')) === '+PONG') break;
    if (Date.now() > deadline || server.exitCode !== null)
      throw new Error('redis-server did not start');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    command,
    signal: (name) => server.kill(name),
    stop: async () => {
      server.kill('SIGKILL');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
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
