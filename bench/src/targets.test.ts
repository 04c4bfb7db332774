import { expect, test } from 'vitest';
import { judge } from './targets.ts';

test('a figure below its target fails the run, and one that was not measured says nothing', () => {
  expect(judge({ oneToOne: { vsNodemailer: 3.4, vsSmtpSource: null }, workerMB: 400 })).toEqual([
    { line: 'oneToOne.vsNodemailer 3.4, ≥ 3.5: MISSED', isFailure: true },
    { line: 'workerMB 400, ≤ 400: met', isFailure: false },
  ]);
});

test('a printed target is missed at once and fails at three times', () => {
  const [late] = judge({ launch: { firstMessageMs: 5_900 } });
  expect(late).toEqual({
    line: 'launch.firstMessageMs 5900, ≤ 2000: missed (fails at three times)',
    isFailure: false,
  });
  expect(judge({ import: { perSecond: 5_000 } })[0]?.isFailure).toBe(true);
});
