/** The core by events and commands: what it says first, what it never says, and what it says when things go wrong. */
import { describe, expect, it } from 'vitest';
import { ALWAYS_OPEN, type OpenTime } from '../open-time.ts';
import { RETRY_SETTINGS } from '../retry.ts';
import { SITE_BACKOFF_SETTINGS } from '../site-backoff.ts';
import type { Command } from './commands.ts';
import type { Event, Verdictable } from './events.ts';
import type { CampaignFacts, Row } from './facts.ts';
import { createState, type EngineSettings } from './state.ts';
import { step } from './step.ts';
import { mayComplete } from './transaction-steps.ts';

const SETTINGS: EngineSettings = {
  seed: 1,
  retry: RETRY_SETTINGS,
  backoff: SITE_BACKOFF_SETTINGS,
  margins: { mailMs: 60_000, fenceMs: 5_000, openMs: 1_000 },
  sessionsAtStart: 2,
  sessionsPerSite: 4,
  recipientsPerTransaction: 100,
  retryShare: 0.3,
  keepMs: 5_000,
  refreshMs: 1_000,
  drainMs: 25_000,
  leaseGraceMs: 900,
};
const START_MS = Date.UTC(2026, 10, 24, 3);
const SITE = { kind: 'site', site: 'mx.test', hosts: 1, profile: {} } as const;

/** A core with one lane, told what its driver would say. */
class Rig {
  readonly state = createState(SETTINGS);
  nowMs = START_MS;
  monoMs = 0;
  clock: OpenTime = ALWAYS_OPEN;
  mode: CampaignFacts['mode'] = 'one_to_one';
  isCut = true;

  get now() {
    return { wallMs: this.nowMs, monoMs: this.monoMs };
  }

  say(event: Event): readonly Command[] {
    return step(this.state, this.now, event);
  }

  pass(ms: number): void {
    this.nowMs += ms;
    this.monoMs += ms;
  }

  readonly row = (id: number): Row => ({
    ...{ id: String(id), tenantId: 't', campaignId: 'c', domain: 'a.test', group: '' },
    ...{ attempts: 0, nextAttemptMs: START_MS },
  });

  get campaign(): CampaignFacts {
    const { mode, clock, isCut } = this;
    return {
      ...{ campaignId: 'c', tenantId: 't', mode, weight: 1, clockOf: () => clock, windowsKey: '' },
      ...{ expiryMs: 86_400_000, openSinceMs: START_MS, expiresByMs: Number.POSITIVE_INFINITY },
      ...{ rescanEpoch: 0, isCut },
    };
  }

  begin(): readonly Command[] {
    const lane = { laneId: 'l', source: 's', epoch: 7 };
    this.say({ type: 'lane-acquired', lane, validUntilMonoMs: 27_000 });
    this.say({ type: 'reaped', laneId: 'l' });
    return this.say({
      type: 'campaigns-read',
      laneId: 'l',
      campaigns: [this.campaign],
      stopped: [],
    });
  }

  rows(count: number, from = 1): readonly Command[] {
    const rows = Array.from({ length: count }, (_, i) => this.row(from + i));
    return this.say({
      ...{ type: 'rows-read', laneId: 'l', campaignId: 'c', isEnd: true, isRetries: false },
      rows: rows.map((row) => ({ row, destination: SITE })),
    });
  }

  /** Up to the first envelope of the first session. */
  underWay(count: number): Extract<Command, { type: 'send' }> {
    this.begin();
    const [open] = find(this.rows(count), 'open-session');
    const sessionId = open?.sessionId as number;
    this.say({ type: 'session-opened', sessionId, limits: {} });
    const [send] = find(this.say({ type: 'session-asks', sessionId }), 'send');
    return send as Extract<Command, { type: 'send' }>;
  }
}

function find<T extends Command['type']>(
  commands: readonly Command[],
  type: T,
): Extract<Command, { type: T }>[] {
  return commands.filter((one): one is Extract<Command, { type: T }> => one.type === type);
}

const answer = (index: number, of: Partial<Verdictable>): Verdictable => ({
  ...{ index, kind: 'answered', phase: 'dot', code: 250, category: 'accepted' },
  ...{ scope: 'recipient', permanence: 'permanent', isRcptWritten: true },
  ...of,
});

describe('a lane', () => {
  it('begins with what an earlier owner left fenced, and with nothing else', () => {
    const rig = new Rig();
    const lane = { laneId: 'l', source: 's', epoch: 7 };
    const first = rig.say({ type: 'lane-acquired', lane, validUntilMonoMs: 27_000 });
    expect(first).toEqual([{ type: 'reap', laneId: 'l', epoch: 7 }]);
    rig.pass(200);
    expect(rig.say({ type: 'tick' })).toEqual([]);
    expect(rig.say({ type: 'reaped', laneId: 'l' })).toEqual([
      { type: 'read-campaigns', laneId: 'l' },
    ]);
  });

  it('opens sessions as soon as rows are there: a tick later is a tenth of a second lost', () => {
    const rig = new Rig();
    rig.begin();
    expect(find(rig.rows(100), 'open-session')).toHaveLength(2);
    expect(find(rig.say({ type: 'tick' }), 'open-session')).toEqual([]);
  });

  it('is not done with a campaign whose audience was cut behind its last reading', () => {
    const rig = new Rig();
    rig.isCut = false;
    rig.begin();
    rig.rows(0);
    rig.isCut = true;
    const cut = rig.say({
      ...{ type: 'campaigns-read', laneId: 'l', campaigns: [rig.campaign], stopped: [] },
    });
    expect(find(cut, 'say-due')).toEqual([]);
    rig.pass(500);
    expect(find(rig.say({ type: 'tick' }), 'read-rows')).toHaveLength(1);
    expect(find(rig.rows(0), 'say-due')).toMatchObject([]);
    expect(find(rig.say({ type: 'tick' }), 'say-due')).toMatchObject([{ next: 'done' }]);
  });

  it('does not believe the end of a reading that the cut overtook', () => {
    const rig = new Rig();
    rig.isCut = false;
    rig.begin();
    rig.isCut = true;
    rig.say({ ...{ type: 'campaigns-read', laneId: 'l', campaigns: [rig.campaign], stopped: [] } });
    expect(find(rig.rows(0), 'read-rows')).toHaveLength(1);
    expect(find(rig.say({ type: 'tick' }), 'say-due')).toEqual([]);
  });

  it('reads first attempts in turn with retries, which get their share', () => {
    const rig = new Rig();
    const [first] = find(rig.begin(), 'read-rows');
    const found = Array.from({ length: first?.limit as number }, (_, i) => ({
      row: { ...rig.row(i + 1), attempts: 1, nextAttemptMs: START_MS + 1_000 },
      destination: SITE,
    }));
    const read = {
      type: 'rows-read',
      ...{ laneId: 'l', campaignId: 'c', isEnd: false, isRetries: false },
    } as const;
    // They wait for their time; the reading goes on behind them.
    expect(find(rig.say({ ...read, rows: found }), 'read-rows')).toHaveLength(1);
    rig.pass(1_000);
    const [retries] = find(rig.say({ ...read, rows: [] }), 'read-retries');
    expect(retries?.ids).toHaveLength(Math.ceil(200 * SETTINGS.retryShare));
    const now = found.map((one) => ({ ...one, row: { ...one.row, nextAttemptMs: START_MS } }));
    const back = now.filter(({ row }) => retries?.ids.includes(row.id));
    const next = rig.say({ ...read, isRetries: true, rows: back });
    expect(find(next, 'read-retries')).toEqual([]);
    expect(find(next, 'read-rows')).toHaveLength(1);
  });

  it('gives rows that were read together to a session that waits as one transaction', () => {
    const rig = new Rig();
    rig.mode = 'bulk';
    rig.begin();
    rig.rows(2);
    const [open] = find(rig.say({ type: 'tick' }), 'open-session');
    const sessionId = open?.sessionId as number;
    rig.say({ type: 'session-opened', sessionId, limits: {} });
    expect(find(rig.say({ type: 'session-asks', sessionId }), 'send')[0]?.rows).toHaveLength(2);
    rig.say({ type: 'session-asks', sessionId });
    const more = find(rig.rows(30, 3), 'send');
    expect(more.map(({ rows }) => rows.length)).toEqual([30]);
  });

  it('whose lease ran out completes nothing, destroys its sessions, and is dropped when all is known', () => {
    const rig = new Rig();
    const { transactionId, sessionId, rows } = rig.underWay(1);
    rig.say({ type: 'fence-asked', transactionId, accepted: [0] });
    rig.say({ type: 'fence-answered', transactionId, held: ['1'] });
    rig.pass(27_000);
    expect(mayComplete(rig.state, transactionId, rig.now)).toBe(false);
    expect(
      find(rig.say({ type: 'tick' }), 'destroy-session').map((one) => one.sessionId),
    ).toContain(sessionId);
    const back = rig.say({
      ...{ type: 'result', transactionId, isFinal: true },
      recipients: [answer(0, { kind: 'returned', code: null, phase: 'content' })],
    });
    expect(find(back, 'unfence')[0]?.rows).toEqual(rows);
    for (const id of rig.state.sessions.keys())
      rig.say({
        type: 'session-failed',
        sessionId: id,
        failure: { category: 'network', phase: 'connect', code: null },
      });
    // Simulator, seed 7088: the session does not go on before the row is out of doubt.
    expect(find(back, 'release-result')).toEqual([]);
    const last = rig.say({ type: 'unfenced', laneId: 'l', rows });
    expect(last).toEqual([
      { type: 'release-result', transactionId, isFinal: true },
      { type: 'drop-lane', laneId: 'l' },
    ]);
  });

  it('simulator, seed 7039: whose lease ran out opens nothing in the place of a session that ended', () => {
    const rig = new Rig();
    const { sessionId } = rig.underWay(40);
    rig.pass(27_000);
    const end = { canReopen: true, completed: 1, transactions: 1, isSilentClose: false };
    expect(find(rig.say({ type: 'session-ended', sessionId, end }), 'open-session')).toEqual([]);
  });

  it('whose lease ran out still hears the reply to a message that was complete before', () => {
    const rig = new Rig();
    const { transactionId, sessionId } = rig.underWay(1);
    rig.say({ type: 'fence-asked', transactionId, accepted: [0] });
    rig.say({ type: 'fence-answered', transactionId, held: ['1'] });
    expect(mayComplete(rig.state, transactionId, rig.now)).toBe(true);
    rig.pass(27_000);
    const ended = rig.say({ type: 'tick' });
    expect(find(ended, 'destroy-session').map((one) => one.sessionId)).not.toContain(sessionId);
    expect(find(ended, 'drain-session')).toEqual([{ type: 'drain-session', sessionId }]);
    const heard = rig.say({
      ...{ type: 'result', transactionId, isFinal: true },
      recipients: [answer(0, {})],
    });
    expect(find(heard, 'settle')).toMatchObject([{ epoch: 7, outcomes: [{ state: 'accepted' }] }]);
  });

  it('that is stopped says when it is due before it is given back', () => {
    const rig = new Rig();
    const { transactionId, sessionId } = rig.underWay(1);
    expect(find(rig.say({ type: 'stop' }), 'drain-session')).toHaveLength(1);
    rig.say({ type: 'fence-asked', transactionId, accepted: [0] });
    rig.say({ type: 'fence-answered', transactionId, held: ['1'] });
    rig.say({ type: 'result', transactionId, isFinal: true, recipients: [answer(0, {})] });
    for (const id of rig.state.sessions.keys())
      rig.say({
        ...{ type: 'session-ended', sessionId: id },
        end: { canReopen: true, completed: 1, transactions: 1, isSilentClose: false },
      });
    const last = rig.say({ type: 'settled', transactionId, ids: ['1'] });
    expect(last.map((one) => one.type)).toEqual(['release-result', 'say-due', 'release-lane']);
    expect(sessionId).toBeGreaterThan(0);
  });

  it('takes a campaign up again whose rows were read before staff let its destination go', () => {
    const rig = new Rig();
    rig.begin();
    const read = (stopped: string[]) =>
      rig.say({ type: 'campaigns-read', laneId: 'l', campaigns: [rig.campaign], stopped });
    read(['a.test']);
    rig.rows(3);
    rig.pass(1_000);
    expect(find(rig.say({ type: 'tick' }), 'open-session')).toEqual([]);
    expect(find(read([]), 'read-rows')).toMatchObject([{ afterId: '0' }]);
  });
});

describe('a row', () => {
  it('that is in memory is not admitted again', () => {
    const rig = new Rig();
    rig.begin();
    rig.rows(2);
    rig.rows(2);
    expect(rig.state.lanes.get('l')?.pools.get('mx.test')?.queue.size).toBe(2);
  });

  it('settled while a reading was under way is not taken for one that waits', () => {
    const rig = new Rig();
    const { transactionId } = rig.underWay(1);
    const feed = rig.state.lanes.get('l')?.feeds.get('c');
    if (feed) feed.isReading = true;
    rig.say({ type: 'fence-asked', transactionId, accepted: [0] });
    rig.say({ type: 'fence-answered', transactionId, held: ['1'] });
    const late = { code: 451, category: 'server-temporary', permanence: 'transient' } as const;
    rig.say({ type: 'result', transactionId, isFinal: true, recipients: [answer(0, late)] });
    rig.say({ type: 'settled', transactionId, ids: ['1'] });
    rig.rows(1);
    expect(rig.state.lanes.get('l')?.pools.get('mx.test')?.queue.size).toBe(0);
    expect(feed?.later.size).toBe(1);
  });

  it('whose fence is refused is explained, and counts no attempt, whatever its server answered meanwhile', () => {
    const rig = new Rig();
    const { transactionId } = rig.underWay(1);
    rig.say({ type: 'fence-asked', transactionId, accepted: [0] });
    const refused = { phase: 'rcpt', code: 550, category: 'unknown-user' } as const;
    const early = rig.say({
      type: 'result',
      transactionId,
      isFinal: true,
      recipients: [answer(0, refused)],
    });
    expect(early).toEqual([]);
    const after = rig.say({ type: 'fence-answered', transactionId, held: [] });
    expect(after.map((one) => one.type)).toEqual([
      'answer-fence',
      'explain-refusal',
      'release-result',
    ]);
  });

  it('whose fence is in doubt is not completed, and waits again before it is sent again', () => {
    const rig = new Rig();
    const { transactionId } = rig.underWay(1);
    const [fence] = find(rig.say({ type: 'fence-asked', transactionId, accepted: [0] }), 'fence');
    const answered = rig.say({ type: 'failed', command: fence as Command });
    expect(answered).toEqual([{ type: 'answer-fence', transactionId, held: [] }]);
    const back = rig.say({
      ...{ type: 'result', transactionId, isFinal: true },
      recipients: [answer(0, { kind: 'returned', code: null, phase: 'content' })],
    });
    expect(find(back, 'unfence')).toHaveLength(1);
    expect(find(back, 'send')).toHaveLength(0);
  });

  it('of a bulk transaction that is refused before the fence is settled from waiting', () => {
    const rig = new Rig();
    rig.mode = 'bulk';
    const { transactionId, rows } = rig.underWay(3);
    expect(rows).toHaveLength(3);
    const refused = { phase: 'rcpt', code: 550, category: 'unknown-user' } as const;
    const early = rig.say({
      type: 'result',
      transactionId,
      isFinal: false,
      recipients: [answer(1, refused)],
    });
    expect(find(early, 'settle')[0]?.outcomes).toMatchObject([
      { state: 'bounced', isUnfenced: true },
    ]);
    const [fence] = find(
      rig.say({ type: 'fence-asked', transactionId, accepted: [0, 2] }),
      'fence',
    );
    expect(fence?.rows.map((row) => row.id)).toEqual(['1', '3']);
  });
});

describe('a window', () => {
  const closesIn = (ms: number): OpenTime => ({
    stateAt: () => ({ open: true, closesAtMs: START_MS + ms }),
    addOpenTime: (fromMs, openMs) => fromMs + openMs,
  });

  it('that closes within a minute begins nothing', () => {
    const rig = new Rig();
    rig.clock = closesIn(60_000);
    rig.begin();
    rig.rows(5);
    expect(find(rig.say({ type: 'tick' }), 'open-session')).toEqual([]);
  });

  it('that closes within five seconds fences nothing, and completes nothing', () => {
    const rig = new Rig();
    rig.clock = closesIn(70_000);
    const { transactionId } = rig.underWay(1);
    rig.nowMs += 65_000;
    const asked = rig.say({ type: 'fence-asked', transactionId, accepted: [0] });
    expect(asked).toEqual([{ type: 'answer-fence', transactionId, held: [] }]);
    expect(mayComplete(rig.state, transactionId, rig.now)).toBe(false);
  });
});

it('the same seed and the same events give the same commands', () => {
  const run = () => {
    const rig = new Rig();
    const said: unknown[] = [];
    const { transactionId, sessionId } = rig.underWay(40);
    said.push(rig.say({ type: 'fence-asked', transactionId, accepted: [0] }));
    said.push(rig.say({ type: 'fence-answered', transactionId, held: ['1'] }));
    const late = { code: 451, category: 'server-temporary', permanence: 'transient' } as const;
    said.push(
      rig.say({ type: 'result', transactionId, isFinal: true, recipients: [answer(0, late)] }),
    );
    said.push(rig.say({ type: 'settled', transactionId, ids: ['1'] }));
    said.push(rig.say({ type: 'session-asks', sessionId }));
    return JSON.stringify(said);
  };
  expect(run()).toBe(run());
});
