/** .ci/run counts what npm run check and npm test say; npm itself is a stand-in here. */
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { at } from '../lib/project.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hikyaku-ci-'));
  mkdirSync(join(folder, '.ci'));
  mkdirSync(join(folder, 'bin'));
  copyFileSync(at('.ci/run'), join(folder, '.ci/run'));
  for (const name of ['chromium', 'redis-server', 'postfix', 'openssl']) stub(name, 'exit 0');
  stub('fc-list', 'echo Noto');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('all is well: the sum of the suites, exit code 0', () => {
  const { status, last } = run({ check: 0, said: '12 passed, 0 failed', code: 0 });
  expect([status, last]).toEqual([0, '12 passed, 0 failed']);
});

test('a failed test: its count, exit code 1', () => {
  const { status, last } = run({ check: 0, said: '11 passed, 1 failed', code: 1 });
  expect([status, last]).toEqual([1, '11 passed, 1 failed']);
});

test('a failed check counts as one failure, and the tests run all the same', () => {
  const { status, last } = run({ check: 1, said: '12 passed, 0 failed', code: 0 });
  expect([status, last]).toEqual([1, '12 passed, 1 failed']);
});

test('tests that end without a summary are a failure', () => {
  const { status, last } = run({ check: 0, said: 'Segmentation fault', code: 139 });
  expect([status, last]).toEqual([1, '0 passed, 1 failed']);
});

test('what Debian must provide and does not is asked of apt-get; the run goes on when that fails', () => {
  rmSync(join(folder, 'bin/redis-server'));
  stub('apt-get', 'echo "apt-get $*" >&2; exit 1');
  stub('id', 'echo 0');
  const { last, stderr } = run({ check: 0, said: '12 passed, 0 failed', code: 0 });
  expect(stderr).toContain('apt-get update');
  expect(stderr).toContain('the tests that need redis-server will fail');
  expect(last).toBe('12 passed, 0 failed');
});

function stub(name, script) {
  const path = join(folder, 'bin', name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

function run({ check, said, code }) {
  stub('npm', `[ "$1" = run ] && exit ${check}\necho "${said}"\nexit ${code}`);
  // Only what the script itself needs, so that nothing of this machine counts as installed.
  for (const name of ['dirname', 'mktemp', 'tee', 'grep', 'tail', 'rm', 'cat']) {
    const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim();
    stub(name, `exec ${found} "$@"`);
  }
  const done = spawnSync('/bin/bash', [join(folder, '.ci/run')], {
    encoding: 'utf8',
    env: { PATH: join(folder, 'bin') },
  });
  return { status: done.status, last: done.stdout.trim().split('\n').at(-1), stderr: done.stderr };
}
