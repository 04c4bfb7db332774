import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { divideSessions, grantSessions, type SessionShare } from './session-shares.ts';

const share = (laneId: string, want: number, granted = 0, source = 'a'): SessionShare => ({
  laneId,
  source,
  want,
  granted,
});
const sum = (counts: Iterable<number>) => [...counts].reduce((total, count) => total + count, 0);

describe('a cap that several lanes share', () => {
  it('is divided evenly, and what one does not want the others have', () => {
    const shares = [share('1', 10), share('2', 10), share('3', 1)];
    expect([...divideSessions(shares, { all: 7 }, 0).values()]).toEqual([3, 3, 1]);
  });

  it('of one source binds besides that of all', () => {
    const shares = [share('1', 9), share('2', 9), share('3', 9, 0, 'b')];
    expect([...divideSessions(shares, { all: 8, source: 4 }, 0).values()]).toEqual([2, 2, 4]);
  });

  it('that is too small for all goes round', () => {
    const shares = [share('1', 2), share('2', 2), share('3', 2)];
    const served = [0, 1, 2].map((turn) => {
      const targets = divideSessions(shares, { all: 1 }, turn);
      return [...targets].find(([, count]) => count > 0)?.[0];
    });
    expect(served).toEqual(['1', '2', '3']);
  });

  it('a lane that comes waits until another has shrunk', () => {
    const newcomer = new Set(['2']);
    const full = [share('1', 5, 5), share('2', 5)];
    expect(grantSessions(full, newcomer, { all: 5 }, 0).get('2')).toBe(0);
    const shrunk = [share('1', 5, 3), share('2', 5)];
    expect(grantSessions(shrunk, newcomer, { all: 5 }, 0).get('2')).toBe(2);
  });

  it('lanes come, go, grow and shrink: what they hold is never above the cap, and in the end it is shared out', () => {
    const acts = fc.array(
      fc.record({
        lane: fc.nat({ max: 5 }),
        act: fc.constantFrom('round', 'open', 'close', 'die', 'want'),
        want: fc.nat({ max: 9 }),
      }),
      { maxLength: 300 },
    );
    fc.assert(
      fc.property(acts, fc.integer({ min: 1, max: 9 }), (steps, all) => {
        const table = new Map<string, SessionShare>();
        const lanes = Array.from({ length: 6 }, (_, i) => createLane(String(i)));
        for (const { lane: i, act, want } of steps) {
          const lane = lanes[i] as ReturnType<typeof createLane>;
          if (act === 'round') round(lane, table, { all });
          if (act === 'open' && lane.held < lane.granted) lane.held += 1;
          if (act === 'close') lane.held = Math.max(0, lane.held - 1);
          if (act === 'want') lane.want = want;
          if (act === 'die') {
            table.delete(lane.id);
            Object.assign(lane, createLane(lane.id));
          }
          expect(sum(lanes.map(({ held }) => held))).toBeLessThanOrEqual(all);
        }
        for (const lane of lanes) lane.want = 3;
        for (let i = 0; i < 9; i++)
          for (const lane of lanes) {
            round(lane, table, { all });
            // Sessions above it end one by one.
            lane.held = Math.max(lane.granted, lane.held - 2);
          }
        expect(sum(lanes.map(({ held }) => held))).toBe(Math.min(all, 18));
      }),
      { numRuns: 300 },
    );
  });
});

/** One lane as its worker sees it: it opens nothing above its grant, nor above its part. */
function createLane(id: string) {
  return { id, want: 0, held: 0, granted: 0 };
}

function round(
  lane: ReturnType<typeof createLane>,
  table: Map<string, SessionShare>,
  caps: { all: number },
): void {
  const bound = Math.max(lane.granted, lane.held);
  table.set(lane.id, { laneId: lane.id, source: 'a', want: lane.want, granted: bound });
  const shares = [...table.values()];
  const granted = grantSessions(shares, new Set([lane.id]), caps, 0).get(lane.id) ?? 0;
  table.set(lane.id, { laneId: lane.id, source: 'a', want: lane.want, granted });
  lane.granted = Math.min(granted, divideSessions(shares, caps, 0).get(lane.id) ?? 0);
}
