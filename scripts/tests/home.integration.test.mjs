/** The home of an installation: one instance, kept secrets, a reset that removes nothing else. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  leaveHome,
  noteRun,
  openHome,
  readSecrets,
  resetHome,
  runningInstance,
  takeHome,
} from '../lib/start/home.mjs';

let folder;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'hikyaku-home-')), 'home');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

test('secrets are made once, kept, and for nobody else to read', () => {
  openHome(folder);
  const first = readSecrets(folder);
  const second = readSecrets(folder);
  expect([first.isFresh, second.isFresh]).toEqual([true, false]);
  expect({ ...second, isFresh: true }).toEqual(first);
  expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
  for (const name of ['databaseSecret', 'nextauthSecret', 'tokenSecret']) {
    expect(first[name].length).toBeGreaterThanOrEqual(32);
  }
  expect(first.demoPassword.length).toBeGreaterThanOrEqual(15);
});

test('a second instance on the same home is refused with the address of the first', async () => {
  openHome(folder);
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  writeFileSync(join(folder, 'run.json'), JSON.stringify({ pid: other.pid, url: 'http://there' }));
  await expect(takeHome(folder)).rejects.toThrow(/already runs on .* at http:\/\/there/);
  other.kill('SIGKILL');
  await once(other, 'exit');
  await takeHome(folder);
  expect(runningInstance(folder)?.pid).toBe(process.pid);
  leaveHome(folder);
  expect(runningInstance(folder)).toBeUndefined();
});

test('of two that start at once only one gets the home', async () => {
  openHome(folder);
  const both = await Promise.allSettled([takeHome(folder), takeHome(folder)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('a number that another program has by now is no running instance', () => {
  openHome(folder);
  noteRun(folder, {});
  writeFileSync(join(folder, 'run.json'), JSON.stringify({ pid: process.pid, born: '1' }));
  expect(runningInstance(folder)).toBeUndefined();
});

test('reset removes a home, and leaves a folder alone that npm start did not make', () => {
  openHome(folder);
  expect(resetHome(folder)).toBe(true);
  expect(existsSync(folder)).toBe(false);
  const foreign = join(folder, '..');
  writeFileSync(join(foreign, 'thesis.txt'), 'do not lose');
  expect(() => resetHome(foreign)).toThrow(/npm start did not make/);
  expect(() => openHome(foreign)).toThrow(/npm start did not make/);
  expect(existsSync(join(foreign, 'thesis.txt'))).toBe(true);
});
