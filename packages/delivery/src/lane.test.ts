import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { laneKey, parseLaneKey, pickLane, planLanes } from './lane.ts';

const options = { busyMin: 100, buckets: 4, sources: ['192.0.2.1'] };

describe('planLanes', () => {
  it('a busy site has its own lane, domains on the same site share it', () => {
    const plan = planLanes(
      [
        { domain: 'a.example', site: 'mx.big', count: 60 },
        { domain: 'b.example', site: 'mx.big', count: 40 },
        { domain: 'c.example', site: 'mx.small', count: 99 },
      ],
      options,
    );
    expect(plan.lanesByDomain.get('a.example')).toEqual(['mx.big|192.0.2.1']);
    expect(plan.lanesByDomain.get('b.example')).toEqual(['mx.big|192.0.2.1']);
    expect(plan.lanesByDomain.get('c.example')?.[0]).toMatch(/^quiet-[0-3]\|192\.0\.2\.1$/);
    expect(plan.lanes).toHaveLength(2);
  });

  it('a site that has a lane already keeps it for a few recipients too', () => {
    const plan = planLanes([{ domain: 'a.example', site: 'mx.big', count: 1 }], {
      ...options,
      busySites: new Set(['mx.big']),
    });
    expect(plan.lanes).toEqual(['mx.big|192.0.2.1']);
  });

  it('each source has its lane, and recipients are spread over them', () => {
    const plan = planLanes([{ domain: 'a.example', site: 'mx', count: 500 }], {
      ...options,
      sources: ['192.0.2.2', '192.0.2.1'],
    });
    const lanes = plan.lanesByDomain.get('a.example') ?? [];
    expect(lanes).toEqual(['mx|192.0.2.1', 'mx|192.0.2.2']);
    expect([0, 1, 2].map((i) => pickLane(lanes, i))).toEqual([lanes[0], lanes[1], lanes[0]]);
    expect(() => pickLane([], 0)).toThrow(/without a lane/);
  });

  it('the same audience in any order gives the same lanes, and no more than sites and buckets', () => {
    const destination = fc.record({
      domain: fc.domain(),
      site: fc.constantFrom('mx.a', 'mx.b', 'mx.c', 'mx.d', 'mx.e', 'mx.f', 'mx.g'),
      count: fc.integer({ min: 1, max: 300 }),
    });
    const audience = fc.uniqueArray(destination, { selector: (d) => d.domain });
    fc.assert(
      fc.property(audience, (destinations) => {
        const plan = planLanes(destinations, options);
        const again = planLanes([...destinations].reverse(), options);
        expect(again.lanes).toEqual(plan.lanes);
        for (const { domain } of destinations)
          expect(again.lanesByDomain.get(domain)).toEqual(plan.lanesByDomain.get(domain));
        expect(plan.lanes.length).toBeLessThanOrEqual(7);
      }),
    );
  });
});

describe('lane keys', () => {
  it('go there and back', () => {
    expect(parseLaneKey(laneKey('mx.big', '2001:db8::1'))).toEqual({
      group: 'mx.big',
      source: '2001:db8::1',
      site: 'mx.big',
    });
    expect(parseLaneKey('quiet-3|192.0.2.1').site).toBeNull();
  });

  it('refuse what is none', () => {
    expect(() => laneKey('a|b', 'c')).toThrow();
    expect(() => parseLaneKey('mx.big')).toThrow();
  });
});
