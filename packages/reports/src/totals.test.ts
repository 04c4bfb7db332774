import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RATE_IDS, rate, ratesOf } from './rates.ts';
import {
  DELIVERY_STATES,
  difference,
  isComplete,
  reconciles,
  settledOf,
  sumTotals,
  totalsFrom,
} from './totals.ts';

const totals = totalsFrom(100, [
  ['accepted', 70],
  ['bounced', 10],
  ['expired', 4],
  ['unknown', 6],
  ['cancelled', 5],
  ['waiting', 5],
]);

describe('totals', () => {
  it('reconcile when every recipient is in one state', () => {
    expect(reconciles(totals)).toBe(true);
    expect(settledOf(totals)).toBe(95);
    expect(isComplete(totals)).toBe(false);
  });

  it('say how many are lost or counted twice', () => {
    expect(difference({ ...totals, accepted: 69 })).toBe(1);
    expect(difference({ ...totals, accepted: 72 })).toBe(-2);
    expect(reconciles({ ...totals, accepted: 69 })).toBe(false);
  });

  it('refuse a state that nobody knows', () => {
    expect(() => totalsFrom(1, [['delivered', 1]])).toThrow(/delivered/);
  });

  it('of destinations add up to those of the campaign', () => {
    const counts = fc.array(fc.tuple(fc.constantFrom(...DELIVERY_STATES), fc.nat({ max: 1e6 })));
    fc.assert(
      fc.property(fc.array(counts), (destinations) => {
        const parts = destinations.map((rows) =>
          totalsFrom(
            rows.reduce((sum, [, count]) => sum + count, 0),
            rows,
          ),
        );
        const sum = sumTotals(parts);
        expect(reconciles(sum)).toBe(true);
        expect(sum.total).toBe(parts.reduce((n, part) => n + part.total, 0));
      }),
    );
  });
});

describe('rates', () => {
  it('count what was attempted to an end; cancelled and waiting are in none but progress', () => {
    expect(rate('accepted', totals)).toBeCloseTo(70 / 90);
    expect(rate('bounced', totals)).toBeCloseTo(10 / 90);
    expect(rate('progress', totals)).toBe(0.95);
  });

  it('the four outcomes add up to one', () => {
    const { accepted, bounced, expired, unknown } = ratesOf(totals);
    expect((accepted ?? 0) + (bounced ?? 0) + (expired ?? 0) + (unknown ?? 0)).toBeCloseTo(1);
  });

  it('over nobody are null, not 0 %', () => {
    for (const id of RATE_IDS) expect(rate(id, totalsFrom(0, []))).toBeNull();
  });
});
