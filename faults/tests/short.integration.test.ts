/** A short selection of `npm run faults`, as a process, as people run it: a kill at the dot, a refusal to start, lost replies. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ENTRY = fileURLToPath(new URL('../src/main.ts', import.meta.url));

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

function run(...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [ENTRY, ...args], (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

test('F4, F13 and F21 strike, and lose, double and misreport nothing', {
  timeout: 300_000,
}, async () => {
  const { code, stdout, stderr } = await run('--only', 'F4,F13,F21', '--json');
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    ...{ faults: 3, skipped: 0, lost: 0, duplicates: 0 },
    ...{ unknownBeyondBound: 0, logMismatches: 0 },
  });
  for (const id of ['F4', 'F13', 'F21'])
    expect(stderr).toMatch(new RegExp(`^${id} +ok +[\\d.]+ s .*struck`, 'm'));
});

test('a fault that is not in the table is named, with those that are: exit 2', async () => {
  const { code, stderr } = await run('--only', 'F4,F99');
  expect(code).toBe(2);
  expect(stderr).toContain('F1, F2');
});
