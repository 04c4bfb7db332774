/** Caps on sessions in the core: granted, taken back, and changed by staff while a pool stands. */
import { describe, expect, it } from 'vitest';
import { ALWAYS_OPEN } from '../open-time.ts';
import { RETRY_SETTINGS } from '../retry.ts';
import { SITE_BACKOFF_SETTINGS } from '../site-backoff.ts';
import type { Command } from './commands.ts';
import type { Event, Verdictable } from './events.ts';
import type { CampaignFacts, SiteProfile } from './facts.ts';
import { siteClaims } from './session-caps.ts';
import { createState, type EngineSettings } from './state.ts';
import { step } from './step.ts';

const NOW = { wallMs: Date.UTC(2026, 10, 24, 3), monoMs: 0 };
const SETTINGS: EngineSettings = {
  seed: 1,
  retry: RETRY_SETTINGS,
  backoff: SITE_BACKOFF_SETTINGS,
  margins: { mailMs: 60_000, fenceMs: 5_000, openMs: 1_000 },
  sessionsAtStart: 8,
  sessionsPerSite: 8,
  recipientsPerTransaction: 100,
  retryShare: 0.3,
  keepMs: 5_000,
  refreshMs: 1_000,
  drainMs: 25_000,
  leaseGraceMs: 900,
};
const SITE = { kind: 'site', site: 'mx.test', hosts: 1 } as const;

/** A core with one lane and 100 rows for one site. */
function begin(profile: SiteProfile, settings: Partial<EngineSettings> = {}) {
  const state = createState({ ...SETTINGS, ...settings });
  const say = (event: Event): readonly Command[] => step(state, NOW, event);
  const lane = { laneId: 'l', source: 's', epoch: 7 };
  say({ type: 'lane-acquired', lane, validUntilMonoMs: 27_000 });
  say({ type: 'reaped', laneId: 'l' });
  const campaign: CampaignFacts = {
    ...{ campaignId: 'c', tenantId: 't', weight: 1, windowsKey: '' },
    mode: 'one_to_one',
    ...{ clockOf: () => ALWAYS_OPEN, expiryMs: 86_400_000, openSinceMs: NOW.wallMs },
    ...{ expiresByMs: Number.POSITIVE_INFINITY, rescanEpoch: 0, isCut: true },
  };
  say({ type: 'campaigns-read', laneId: 'l', campaigns: [campaign], stopped: [] });
  const rows = Array.from({ length: 100 }, (_, i) => ({
    row: {
      ...{ id: String(i), tenantId: 't', campaignId: 'c', domain: 'a.test', group: '' },
      ...{ attempts: 0, nextAttemptMs: NOW.wallMs },
    },
    destination: { ...SITE, profile },
  }));
  const opened = say({
    ...{ type: 'rows-read', laneId: 'l', campaignId: 'c', rows, isEnd: true, isRetries: false },
  });
  return { state, say, opened: idsOf(opened, 'open-session') };
}

const idsOf = (commands: readonly Command[], type: 'open-session' | 'quit' | 'drain-session') =>
  commands.flatMap((one) => (one.type === type ? [one.sessionId] : []));
const grant = (sessions: number): Event => ({
  ...{ type: 'sessions-granted', laneId: 'l', site: 'mx.test', sessions },
});

describe('a cap that binds the whole installation', () => {
  it('nothing is opened before it is granted, and no more than that', () => {
    const { state, say, opened } = begin({ sessionsMaxAll: 5 }, { areCapsGranted: true });
    expect(opened).toEqual([]);
    expect(siteClaims(state)).toMatchObject([{ site: 'mx.test', want: 5, held: 0, granted: 0 }]);
    expect(idsOf(say(grant(3)), 'open-session')).toHaveLength(3);
    expect(idsOf(say({ type: 'tick' }), 'open-session')).toEqual([]);
    expect(siteClaims(state)).toMatchObject([{ want: 5, held: 3, granted: 3 }]);
  });

  it('what is taken back ends when it next asks, or at once where it is idle', () => {
    const { state, say } = begin({ sessionsMaxAll: 5 }, { areCapsGranted: true });
    const ids = idsOf(say(grant(3)), 'open-session');
    for (const sessionId of ids) say({ type: 'session-opened', sessionId, limits: {} });
    say(grant(1));
    const first = say({ type: 'session-asks', sessionId: ids[0] as number });
    const second = say({ type: 'session-asks', sessionId: ids[1] as number });
    expect([first, second].map((one) => idsOf(one, 'quit').length)).toEqual([1, 1]);
    expect(siteClaims(state)).toMatchObject([{ held: 3, granted: 1 }]);
  });

  it('where nobody grants, the cap binds the lane alone', () => {
    expect(begin({ sessionsMaxAll: 5 }).opened).toHaveLength(5);
    expect(begin({ sessionsMax: 2, sessionsMaxAll: 5 }).opened).toHaveLength(2);
    expect(begin({}, { areCapsGranted: true }).opened).toHaveLength(8);
  });
});

describe('an override by staff', () => {
  it('binds a pool that stands: idle sessions above it end, busy ones when they ask', () => {
    const { say, opened } = begin({});
    for (const sessionId of opened) say({ type: 'session-opened', sessionId, limits: {} });
    say({
      ...{ type: 'site-changed', laneId: 'l' },
      destination: { ...SITE, profile: { sessionsMax: 2 } },
    });
    const quits = opened.flatMap((sessionId) =>
      idsOf(say({ type: 'session-asks', sessionId }), 'quit'),
    );
    expect(quits).toHaveLength(opened.length - 2);
  });
});

describe('the tally', () => {
  it('counts what was settled, once a recipient', () => {
    const { state, say, opened } = begin({ sessionsMax: 1 });
    const [sessionId] = opened as [number];
    say({ type: 'session-opened', sessionId, limits: {} });
    const [send] = say({ type: 'session-asks', sessionId });
    if (send?.type !== 'send') throw new Error('nothing was sent');
    const { transactionId } = send;
    say({ type: 'fence-asked', transactionId, accepted: [0] });
    say({ type: 'fence-answered', transactionId, held: send.rows.map(({ id }) => id) });
    const answer: Verdictable = {
      index: 0,
      kind: 'answered',
      phase: 'dot',
      code: 250,
      category: 'accepted',
      scope: 'message',
      permanence: 'permanent',
      isRcptWritten: true,
    };
    say({ type: 'result', transactionId, isFinal: true, recipients: [answer] });
    const counted = { accepted: 1, deferred: 0, bounced: 0, unknown: 0 };
    const lane = state.lanes.get('l');
    expect(state.tally).toEqual(counted);
    expect(lane?.pools.get('mx.test')?.tally).toEqual(counted);
    expect(lane?.feeds.get('c')?.tally).toEqual(counted);
  });
});
