import { describe, expect, test } from 'vitest';
import {
  BURST_VETO_SETTINGS,
  type BurstVeto,
  createBurstVeto,
  type SeenResult,
} from './burst-veto.ts';

const MINUTE = 60_000;
const seen = (changes: Partial<SeenResult> = {}): SeenResult => ({
  tenantId: 'a',
  list: '1',
  kind: 'accepted',
  isCanary: false,
  isRetried: false,
  atMs: 0,
  ...changes,
});
const many = (veto: BurstVeto, n: number, changes: Partial<SeenResult>) =>
  Array.from({ length: n }, (_, i) => veto.observe(seen({ atMs: i, ...changes })));

describe('a block is seen', () => {
  test('five known good addresses that turn 550 block the tenant, and say so with figures', () => {
    const veto = createBurstVeto();
    many(veto, 20, { isCanary: true });
    const answers = many(veto, 5, { kind: 'dead', isCanary: true, atMs: 100 });
    expect(answers.flatMap(({ decisions }) => decisions)).toMatchObject([
      { state: 'suspected', reason: 'canaries-refused', figures: { canariesRefused: 2 } },
      {
        tenantId: 'a',
        from: 'suspected',
        state: 'blocked',
        reason: 'canaries-refused',
        figures: { canaries: 5, canariesRefused: 5 },
        quarantineSinceMs: 19,
        probeAtMs: 100 + 5 * MINUTE,
      },
    ]);
    expect(answers.map(({ isVetoed }) => isVetoed)).toEqual([false, false, false, false, true]);
  });

  test('a new list that is refused from its first address on is a block', () => {
    const veto = createBurstVeto();
    many(veto, 15, { kind: 'dead' });
    expect(veto.stateOf('a')).toBe('blocked');
  });

  test('the first refusal of all is quarantined with the others, although it was logged before its answer was judged', () => {
    const veto = createBurstVeto();
    const answers = Array.from({ length: 15 }, (_, i) =>
      veto.observe(seen({ kind: 'dead', sentMs: 940.3 + i * 10, atMs: 944.1 + i * 10 })),
    );
    const blocked = answers.flatMap(({ decisions }) => decisions).at(-1);
    expect(blocked).toMatchObject({ state: 'blocked', quarantineSinceMs: 940 });
  });

  test('acceptances that were sent before a block and answered amid it do not hide its first refusals', () => {
    const veto = createBurstVeto();
    many(veto, 30, { sentMs: 0, atMs: 1_000 });
    many(veto, 5, { kind: 'dead', sentMs: 1_500, atMs: 1_501 });
    // The replies to their dots took five seconds.
    many(veto, 20, { sentMs: 1_400, atMs: 6_000 });
    const answers = many(veto, 30, { kind: 'dead', sentMs: 7_000, atMs: 7_001 });
    const blocked = answers.flatMap(({ decisions }) => decisions).at(-1);
    expect(blocked).toMatchObject({ state: 'blocked', quarantineSinceMs: 1_400 });
  });

  test('two replies that speak of a block are enough, and each of them is vetoed at once', () => {
    const veto = createBurstVeto();
    expect(veto.observe(seen({ kind: 'block' })).isVetoed).toBe(true);
    expect(veto.stateOf('a')).toBe('suspected');
    veto.observe(seen({ kind: 'block' }));
    expect(veto.stateOf('a')).toBe('blocked');
  });

  test('a list that has always been 2 % dead and turns to 80 % is a block', () => {
    const veto = createBurstVeto();
    for (let i = 0; i < 1_000; i++)
      veto.observe(seen({ kind: i % 50 === 0 ? 'dead' : 'accepted', atMs: i }));
    expect(veto.stateOf('a')).toBe('clear');
    for (let i = 0; i < 60; i++)
      veto.observe(seen({ kind: i % 5 === 0 ? 'accepted' : 'dead', atMs: 1_000 + i }));
    expect(veto.stateOf('a')).toBe('blocked');
  });

  test('a new list with many dead addresses is no block, however good the tenant’s other lists are', () => {
    const veto = createBurstVeto();
    for (let i = 0; i < 1_000; i++)
      veto.observe(seen({ kind: i % 50 === 0 ? 'dead' : 'accepted', atMs: i }));
    for (let i = 0; i < 300; i++)
      veto.observe(seen({ list: '2', kind: i % 10 < 3 ? 'dead' : 'accepted', atMs: 1_000 + i }));
    expect(['clear', 'suspected']).toContain(veto.stateOf('a'));
  });

  test('a list whose dead were sent to before, too, is no block: those who are let in are known good', () => {
    const veto = createBurstVeto();
    const decisions = Array.from({ length: 400 }, (_, i) => {
      const isDead = i % 10 < 3;
      const kind = isDead ? 'dead' : 'accepted';
      return veto.observe(seen({ kind, isCanary: !isDead, atMs: i })).decisions;
    }).flat();
    expect(decisions.filter(({ state }) => state === 'blocked')).toEqual([]);
  });

  test('of a few refusals that stop, suspicion goes again, and nothing was vetoed', () => {
    const veto = createBurstVeto();
    many(veto, 50, { isCanary: true });
    const refused = many(veto, 2, { kind: 'dead', isCanary: true });
    expect(veto.stateOf('a')).toBe('suspected');
    many(veto, 40, { isCanary: true });
    expect(veto.stateOf('a')).toBe('clear');
    expect(refused.some(({ isVetoed }) => isVetoed)).toBe(false);
  });
});

describe('who is held up', () => {
  test('one tenant that is refused holds up nobody else, however long', () => {
    const veto = createBurstVeto();
    many(veto, 500, { kind: 'dead' });
    expect(veto.stateOf(null)).toBe('clear');
    expect(veto.mayGo('a', 1_000)).toEqual({ untilMs: blockedAtOf(500) + 5 * MINUTE });
    expect(veto.mayGo('b', 1_000)).toBe('yes');
  });

  test('three small tenants, none refused often enough by itself, are blocked together', () => {
    const veto = createBurstVeto();
    for (let i = 0; i < 15; i++)
      veto.observe(seen({ tenantId: 'abc'[i % 3] as string, kind: 'dead', atMs: i }));
    expect(veto.stateOf('a')).not.toBe('blocked');
    expect(veto.stateOf(null)).toBe('blocked');
    expect(veto.mayGo('d', 20)).not.toBe('yes');
  });
});

describe('what another process decided', () => {
  const suspected = (veto: BurstVeto, atMs: number) =>
    many(veto, 2, { kind: 'dead', isCanary: true, atMs });

  test('its own decision, which the database rounds to a whole ms, takes nothing back', () => {
    const veto = createBurstVeto();
    suspected(veto, 10.2);
    many(veto, 40, { isCanary: true, atMs: 20.4 });
    expect(veto.stateOf('a')).toBe('clear');
    many(veto, 40, { isCanary: true, atMs: 900 });
    veto.restore({ tenantId: 'a', state: 'clear', atMs: 21 });
    const blocked = many(veto, 5, { kind: 'dead', isCanary: true, atMs: 1_000 });
    expect(blocked.at(-1)?.decisions).toMatchObject([{ state: 'blocked', quarantineSinceMs: 900 }]);
  });

  test('a later one stands here too', () => {
    const veto = createBurstVeto();
    suspected(veto, 10);
    veto.restore({ tenantId: 'a', state: 'blocked', atMs: 500, probeAtMs: 5_000 });
    expect(veto.mayGo('a', 600)).toEqual({ untilMs: 5_000 });
  });
});

describe('probing', () => {
  const blocked = () => {
    const veto = createBurstVeto();
    many(veto, 5, { kind: 'dead', isCanary: true });
    return { veto, probeAtMs: 4 + BURST_VETO_SETTINGS.minDelayMs };
  };

  test('nothing goes before the probe is due, then one recipient at a time', () => {
    const { veto, probeAtMs } = blocked();
    expect(veto.mayGo('a', probeAtMs - 1)).toEqual({ untilMs: probeAtMs });
    expect(veto.mayGo('a', probeAtMs)).toBe('yes');
    expect(veto.onTaken('a', probeAtMs)).toMatchObject([{ state: 'probing', reason: 'probe-due' }]);
    expect(veto.mayGo('a', probeAtMs)).toEqual({ untilMs: probeAtMs + 30_000 });
    veto.observe(seen({ atMs: probeAtMs + 10 }));
    expect(veto.isProbing('a', probeAtMs + 10)).toBe(true);
  });

  test('two accepted canaries release; what is refused afterwards is judged as before', () => {
    const { veto, probeAtMs } = blocked();
    veto.onTaken('a', probeAtMs);
    veto.observe(seen({ isCanary: true, atMs: probeAtMs + 1 }));
    veto.onTaken('a', probeAtMs + 2);
    const { decisions } = veto.observe(seen({ isCanary: true, atMs: probeAtMs + 3 }));
    expect(decisions).toMatchObject([{ state: 'released', reason: 'probe-accepted' }]);
    expect(veto.observe(seen({ kind: 'dead', atMs: probeAtMs + 4 })).isVetoed).toBe(false);
  });

  test('a canary refused in a probe blocks again, for twice as long', () => {
    const { veto, probeAtMs } = blocked();
    veto.onTaken('a', probeAtMs);
    const { isVetoed, decisions } = veto.observe(
      seen({ kind: 'dead', isCanary: true, atMs: probeAtMs + 1 }),
    );
    expect(isVetoed).toBe(true);
    expect(decisions).toMatchObject([
      { state: 'blocked', reason: 'probe-refused', probeAtMs: probeAtMs + 1 + 10 * MINUTE },
    ]);
  });

  test('what staff release goes on at once', () => {
    const { veto, probeAtMs } = blocked();
    veto.release(undefined, probeAtMs - 1_000);
    expect(veto.mayGo('a', probeAtMs - 1_000)).toBe('yes');
    expect(veto.stateOf('a')).toBe('released');
  });

  test('a refusal of what was sent before staff released is vetoed like those before it', () => {
    const { veto, probeAtMs } = blocked();
    veto.release(undefined, probeAtMs);
    const late = { kind: 'dead' as const, isRetried: true, atMs: probeAtMs + 1 };
    expect(veto.observe(seen({ ...late, sentMs: probeAtMs - 1 }))).toMatchObject({
      isVetoed: true,
      isStanding: true,
    });
    expect(veto.observe(seen({ ...late, sentMs: probeAtMs }))).toMatchObject({ isStanding: false });
  });

  test('retries of quarantined rows that are really dead neither release nor condemn', () => {
    const { veto, probeAtMs } = blocked();
    for (let i = 0; i < 20; i++) {
      veto.onTaken('a', probeAtMs + i);
      veto.observe(seen({ kind: 'dead', isRetried: true, atMs: probeAtMs + i }));
    }
    expect(veto.stateOf('a')).toBe('probing');
    for (let i = 0; i < 6; i++) veto.observe(seen({ atMs: probeAtMs + 100 + i }));
    expect(veto.stateOf('a')).toBe('released');
  });

  test('after a release the retries of the dead do not look like a new block', () => {
    const { veto, probeAtMs } = blocked();
    veto.onTaken('a', probeAtMs);
    many(veto, 6, { atMs: probeAtMs });
    expect(veto.stateOf('a')).toBe('released');
    many(veto, 300, { kind: 'dead', isRetried: true, atMs: probeAtMs + 10 });
    expect(veto.stateOf('a')).toBe('released');
  });
});

/** When the track of a tenant that is refused every ms is blocked. */
function blockedAtOf(n: number): number {
  const veto = createBurstVeto();
  const answers = many(veto, n, { kind: 'dead' });
  return answers.findIndex(({ decisions }) => decisions.some(({ state }) => state === 'blocked'));
}
