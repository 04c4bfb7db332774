/** Programs under the start script: ready, failing, restarted, and ended with all that they began. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startChild, untilReady } from '../lib/start/child.mjs';
import { requireRedis } from '../lib/start/redis.mjs';
import { runStage } from '../lib/start/stage.mjs';
import { superviseProgram } from '../lib/start/supervise.mjs';

let home;
let children;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'hikyaku-child-'));
  mkdirSync(join(home, 'logs'));
  children = [];
  vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterEach(async () => {
  await Promise.all(children.map((child) => child.stop(1_000)));
  rmSync(home, { recursive: true, force: true });
});

test('stop ends the program and what it started, also when it ignores TERM', async () => {
  const child = begin('sh', ['-c', "trap '' TERM; sleep 300 & echo $!; wait; wait"]);
  const inner = await untilReady(child, () => Number(child.tail()), 10_000);
  expect(isAlive(inner)).toBe(true);
  await child.stop(200);
  expect(isAlive(child.pid)).toBe(false);
  // Killed, it lasts as a zombie until init has taken note of it.
  await vi.waitFor(() => expect(isAlive(inner)).toBe(false), 10_000);
});

test('a program that ends instead of getting ready is reported with its last words', async () => {
  const child = begin('sh', ['-c', 'echo TOKEN_SECRET: too short; exit 3']);
  await expect(untilReady(child, () => false, 10_000)).rejects.toThrow(
    /worker ended at once \(exit code 3\)[\s\S]*worker\.log[\s\S]*TOKEN_SECRET: too short/,
  );
});

test('a program that cannot be started at all is reported, too', async () => {
  const child = begin(join(home, 'not-there'), []);
  await expect(untilReady(child, () => false, 10_000)).rejects.toThrow(/ENOENT/);
});

test('the words of an earlier run are kept in the log and not shown as those of this one', async () => {
  await begin('sh', ['-c', 'echo earlier']).ended;
  const child = begin('sh', ['-c', 'echo now']);
  await child.ended;
  expect(child.tail()).toBe('now');
  expect(readFileSync(child.logFile, 'utf8')).toBe('earlier\nnow\n');
});

test('a program that was killed is started again; one that we end is not', async () => {
  const first = begin('sleep', ['300']);
  let isEnding = false;
  const again = vi.fn(async () => ({ child: begin('sleep', ['300']) }));
  const done = superviseProgram(first, again, () => isEnding);
  first.kill();
  await vi.waitFor(() => expect(again).toHaveBeenCalledTimes(1), 10_000);
  isEnding = true;
  await children.at(-1).stop(1_000);
  await done;
  expect(again).toHaveBeenCalledTimes(1);
});

test('a failed stage says what failed, why, and what to do', async () => {
  const act = async () => {
    throw new Error('relation "tenant" already exists');
  };
  await expect(runStage('migrate', act)).rejects.toThrow(
    /stage "migrate" failed[\s\S]*already exists[\s\S]*What to do: .*--reset/,
  );
});

test('a REDIS_URL that leads nowhere fails within seconds and says where it looked', async () => {
  const server = createServer();
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address();
  await expect(requireRedis(`redis://127.0.0.1:${port}`)).resolves.toBeDefined();
  await new Promise((closed) => server.close(closed));
  await expect(requireRedis(`redis://127.0.0.1:${port}`)).rejects.toThrow(
    `Redis does not answer at 127.0.0.1:${port}`,
  );
});

function begin(file, args) {
  const track = (child) => children.push(child);
  return startChild({ name: 'worker', file, args, env: process.env, home, track });
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
