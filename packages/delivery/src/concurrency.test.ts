import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createConcurrency } from './concurrency.ts';

describe('concurrency of a lane', () => {
  it('grows by about √N successes a step while the window is in use, up to the cap', () => {
    const lane = createConcurrency({ initial: 4, cap: 6 });
    lane.onOpened(4);
    expect(lane.window).toBe(4);
    lane.onOpened(4);
    expect(lane.window).toBe(5);
    for (let i = 0; i < 100; i++) lane.onOpened(lane.window);
    expect(lane.window).toBe(6);
  });

  it('does not grow while sessions are spare', () => {
    const lane = createConcurrency({ initial: 4, cap: 20 });
    for (let i = 0; i < 100; i++) lane.onOpened(2);
    expect(lane.window).toBe(4);
  });

  it('shrinks at the first failure, and never below 1', () => {
    const lane = createConcurrency({ initial: 4, cap: 20 });
    lane.onFailure();
    expect(lane.window).toBe(3);
    for (let i = 0; i < 100; i++) lane.onFailure();
    expect(lane.window).toBe(1);
  });

  it('a bad host among several lowers the window with every fourth failure', () => {
    const lane = createConcurrency({ initial: 10, cap: 20, failCohortsMax: 100 });
    const windows: number[] = [];
    for (let i = 0; i < 12; i++) {
      lane.onFailure(true);
      windows.push(lane.window);
    }
    expect(windows).toEqual([9, 9, 9, 8, 8, 8, 8, 7, 7, 7, 7, 6]);
  });

  it('a whole cohort of failures without a success means the site is down', () => {
    const lane = createConcurrency({ initial: 2, cap: 20 });
    lane.onFailure();
    expect(lane.isDown).toBe(false);
    lane.onFailure();
    expect(lane.isDown).toBe(true);
    lane.onOpened(1);
    expect(lane.isDown).toBe(false);
  });

  it('a lowered cap binds at once', () => {
    const lane = createConcurrency({ initial: 10, cap: 20 });
    lane.setCap(3);
    expect(lane.window).toBe(3);
  });

  it('stays between 1 and the cap, whatever happens', () => {
    const step = fc.constantFrom('open', 'fail', 'host', 'cap');
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 50 }),
        fc.array(step, { maxLength: 300 }),
        (initial, cap, steps) => {
          const lane = createConcurrency({ initial, cap });
          for (const [i, what] of steps.entries()) {
            if (what === 'open') lane.onOpened(lane.window);
            else if (what === 'cap') lane.setCap(1 + ((i * 7) % 40));
            else lane.onFailure(what === 'host');
            expect(lane.window).toBeGreaterThanOrEqual(1);
            expect(lane.window).toBeLessThanOrEqual(lane.cap);
            expect(Number.isInteger(lane.window)).toBe(true);
          }
        },
      ),
    );
  });
});
