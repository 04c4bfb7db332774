import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Row } from './facts.ts';
import { FairQueue } from './fair-queue.ts';

const row = (tenantId: string, campaignId: string, id: number, attempts = 0): Row => ({
  ...{ id: String(id), tenantId, campaignId, domain: 'x.test', group: '' },
  ...{ attempts, nextAttemptMs: 0 },
});
const any = () => true;

/** Serves `turns` rows, each costing what `cost` says, and counts them by campaign. */
function serve(queue: FairQueue, turns: number, cost: (row: Row) => number) {
  const served = new Map<string, number>();
  for (let i = 0; i < turns; i++) {
    const next = queue.take(any);
    if (!next) break;
    queue.charge(next.tenantId, next.campaignId, cost(next));
    served.set(next.campaignId, (served.get(next.campaignId) ?? 0) + 1);
  }
  return served;
}

function fill(queue: FairQueue, tenantId: string, campaignId: string, count: number, weight = 1) {
  for (let i = 0; i < count; i++) queue.push(row(tenantId, campaignId, i), weight);
}

describe('the fair queue', () => {
  it('a small campaign beside a big one of another tenant gets every second turn', () => {
    const queue = new FairQueue(0.3);
    fill(queue, 'big', 'million', 10_000);
    fill(queue, 'small', 'thousand', 100);
    expect(serve(queue, 200, () => 10).get('thousand')).toBeGreaterThanOrEqual(99);
  });

  it('session time counts, not messages: who costs ten times as much gets a tenth of the turns', () => {
    const queue = new FairQueue(0.3);
    fill(queue, 'slow', 'slow', 10_000);
    fill(queue, 'fast', 'fast', 10_000);
    const served = serve(queue, 2_200, (next) => (next.tenantId === 'slow' ? 100 : 10));
    expect((served.get('fast') ?? 0) / (served.get('slow') ?? 1)).toBeGreaterThan(8);
    expect((served.get('fast') ?? 0) / (served.get('slow') ?? 1)).toBeLessThan(12);
  });

  it('simulator, seed 104: sessions that stood while the database was away cost a tenant no more than thirty turns', () => {
    const queue = new FairQueue(0.3);
    fill(queue, 'many', 'many', 1_000);
    fill(queue, 'few', 'few', 1_000);
    serve(queue, 200, () => 40);
    // Ten messages of the one were under way for a minute.
    for (let i = 0; i < 10; i++) queue.charge('many', 'many', 60_000);
    let passedOver = 0;
    for (let next = queue.take(any); next?.tenantId === 'few'; next = queue.take(any)) {
      queue.charge('few', 'few', 40);
      passedOver += 1;
    }
    expect(passedOver).toBeLessThanOrEqual(60);
  });

  it('a weight of three is three times the time', () => {
    const queue = new FairQueue(0.3);
    fill(queue, 'a', 'a', 10_000, 3);
    fill(queue, 'b', 'b', 10_000);
    const served = serve(queue, 4_000, () => 5);
    expect(Math.abs((served.get('a') ?? 0) / (served.get('b') ?? 1) - 3)).toBeLessThan(0.2);
  });

  it('who was idle starts level, and does not catch up on what was not asked for', () => {
    const queue = new FairQueue(0.3);
    fill(queue, 'busy', 'busy', 10_000);
    serve(queue, 5_000, () => 10);
    fill(queue, 'late', 'late', 5_000);
    const served = serve(queue, 1_000, () => 10);
    expect(served.get('busy')).toBeGreaterThan(450);
    expect(served.get('late')).toBeGreaterThan(450);
  });

  it('retries get their share while first attempts wait, and all turns when they are alone', () => {
    const queue = new FairQueue(0.25);
    for (let i = 0; i < 100; i++) queue.push(row('t', 'c', i), 1);
    for (let i = 100; i < 200; i++) queue.push(row('t', 'c', i, 1), 1);
    const first = Array.from({ length: 80 }, () => queue.take(any));
    expect(first.filter((next) => next?.attempts === 1)).toHaveLength(20);
    const rest = Array.from({ length: 120 }, () => queue.take(any));
    expect(rest.every(Boolean)).toBe(true);
    expect(queue.take(any)).toBeUndefined();
  });

  it('gives back every row exactly once, whatever is pushed, taken, withdrawn and drained', () => {
    const act = fc.oneof(
      fc.record({
        do: fc.constant('push' as const),
        t: fc.nat(2),
        c: fc.nat(2),
        retry: fc.boolean(),
      }),
      fc.record({ do: fc.constant('take' as const) }),
      fc.record({ do: fc.constant('another' as const), t: fc.nat(2), c: fc.nat(2) }),
      fc.record({ do: fc.constant('withdraw' as const), t: fc.nat(2), c: fc.nat(2) }),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 200 }), (acts) => {
        const queue = new FairQueue(0.3);
        const pushed: string[] = [];
        const back: string[] = [];
        const keep = (next: Row | undefined) => next && back.push(next.id);
        for (const one of acts) {
          const c = 'c' in one ? `${one.t}-${one.c}` : '';
          if (one.do === 'push') {
            pushed.push(String(pushed.length));
            queue.push(row(String(one.t), c, pushed.length - 1, one.retry ? 1 : 0), 1);
          } else if (one.do === 'take') keep(queue.take((id) => !id.endsWith('-0')));
          else if (one.do === 'another') keep(queue.takeAnother(String(one.t), c));
          else for (const next of queue.withdraw(String(one.t), c)) keep(next);
          expect(queue.size).toBe(pushed.length - back.length);
        }
        for (const next of queue.drain()) keep(next);
        expect(back.map(Number).sort((a, b) => a - b)).toEqual(pushed.map(Number));
        expect(queue.size).toBe(0);
      }),
    );
  });
});
