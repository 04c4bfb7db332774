import { expect, test } from 'vitest';
import { countPlaywright, countVitest } from './suites.mjs';

const file = (status, ...states) => ({
  status,
  assertionResults: states.map((state, i) => ({ status: state, fullName: `test ${i}` })),
});

test('passed, failed and skipped tests are counted over all files', () => {
  const report = { testResults: [file('passed', 'passed', 'skipped'), file('failed', 'failed')] };
  expect(countVitest(report, 1)).toEqual({ passed: 1, failed: 1, skipped: ['test 1'] });
});

test('a file that breaks before its first test is one failure', () => {
  expect(countVitest({ testResults: [file('failed')] }, 1).failed).toBe(1);
});

test('a run that ends badly without a report is one failure, and so is an unhandled error', () => {
  expect(countVitest(undefined, 137)).toEqual({ passed: 0, failed: 1, skipped: [] });
  expect(countVitest({ testResults: [file('passed', 'passed')] }, 1).failed).toBe(1);
});

test('browser tests: flaky ones count as passed, skipped ones by title', () => {
  const spec = (title, ...states) => ({ title, tests: states.map((status) => ({ status })) });
  const report = {
    stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 1 },
    suites: [{ suites: [{ specs: [spec('left out', 'skipped'), spec('done', 'expected')] }] }],
  };
  expect(countPlaywright(report, 1)).toEqual({ passed: 4, failed: 1, skipped: ['left out'] });
});
