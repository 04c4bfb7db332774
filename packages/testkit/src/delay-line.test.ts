import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { DelayLine } from './delay-line.ts';

test('everything comes out in the order in which it went in, not before its delay', async () => {
  const line = new DelayLine(20);
  const out: { n: number; tookMs: number }[] = [];
  for (let n = 0; n < 50; n += 1) {
    const pushedAt = performance.now();
    line.push(() => out.push({ n, tookMs: performance.now() - pushedAt }));
    if (n % 10 === 0) await sleep(3);
  }
  await sleep(60);
  expect(out.map((item) => item.n)).toEqual(Array.from({ length: 50 }, (_, n) => n));
  expect(Math.min(...out.map((item) => item.tookMs))).toBeGreaterThanOrEqual(19.4);
});
