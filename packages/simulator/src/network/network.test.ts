/** The simulated network and receivers, spoken to by the real SMTP session. */
import type { SessionWork, Transaction } from '@hikyaku/smtp';
import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import { Journal } from '../receivers/journal.ts';
import { KIND, type Manners } from '../receivers/manners.ts';
import { Site } from '../receivers/site.ts';
import { Timeline } from '../time/timeline.ts';
import { WorkerClock } from '../time/worker-clock.ts';
import { Process } from '../worker/process.ts';
import type { Doom } from './line.ts';
import { Network } from './network.ts';

describe('a simulated receiver and the real session', () => {
  it('ten messages go in one session, each in the journal once', async () => {
    const run = await talk({ messages: 10 });
    expect(run.dispositions).toEqual(Array(10).fill('accepted'));
    expect([...run.journal.copies.values()]).toEqual(Array(10).fill(1));
    expect(run.end).toBe('quit');
  });

  it('a silent close after 20 messages loses none', async () => {
    const run = await talk({ messages: 25, manners: { transactionsMax: 20 } });
    expect(run.dispositions.filter((d) => d === 'accepted')).toHaveLength(20);
    expect(run.dispositions.filter((d) => d !== 'accepted')).toEqual(['abandoned']);
    expect(run.end).toBe('idle-closed');
  });

  it('a reply lost after the dot is unknown though the receiver has it', async () => {
    const run = await talk({ messages: 1, manners: { replyLostShare: 1 } });
    expect(run.dispositions).toEqual(['unknown']);
    expect(run.journal.accepted).toBe(1);
  });

  it('a reset in the middle of content is no delivery, and certainly none', async () => {
    const at = (flight: string) => (flight.includes('Subject') ? 12 : undefined);
    const doom: Doom = { direction: 'up', at, kind: 'reset', onStruck: () => {} };
    const run = await talk({ messages: 1, doom });
    expect(run.journal.accepted).toBe(0);
    // The end mark had left the process: nobody there can know that it did not arrive.
    expect(run.dispositions).toEqual(['unknown']);
  });

  it('half-open: the deadline ends it', async () => {
    const doom: Doom = { direction: 'up', at: 30, kind: 'half-open', onStruck: () => {} };
    const run = await talk({ messages: 1, doom });
    expect(run.end).toBe('lost');
    expect(run.dispositions).toEqual(['refused']);
  });

  it('without pipelining, in pieces cut anywhere', async () => {
    const run = await talk({ messages: 5, manners: { isPipelining: false }, cutShare: 1 });
    expect(run.journal.accepted).toBe(5);
  });
});

async function talk(facts: {
  messages: number;
  manners?: Partial<Manners>;
  doom?: Doom;
  cutShare?: number;
}) {
  const timeline = new Timeline(1_000_000);
  const journal = new Journal();
  const site = new Site(
    'site.test',
    { ...KIND, ...facts.manners },
    new Random(1),
    timeline,
    journal,
  );
  const process = new Process('w1', new WorkerClock(timeline, 1), timeline, () => {});
  const nothing = () => {};
  const network = new Network(timeline, new Random(2), {
    opening: nothing,
    closed: nothing,
    left: nothing,
    wrote: nothing,
    accepted: nothing,
    refused: nothing,
    misbehaved: nothing,
  });
  network.manners.cutShare = facts.cutShare ?? 0.1;
  network.doomFor = () => facts.doom;
  const dispositions: string[] = [];
  let left = facts.messages;
  const work: SessionWork<Transaction> = {
    next: () => {
      if (left-- <= 0) return 'quit';
      const content = new TextEncoder().encode(`Subject: ${left}\r\n\r\nhello\r\n`);
      return { mailFrom: 'a@b.test', recipients: [`r${left}@site.test`], content: () => content };
    },
    fence: () => true,
    mayComplete: () => true,
    settle: (_, result) => {
      for (const { disposition } of result.recipients) dispositions.push(disposition);
    },
  };
  let end: string | undefined;
  network.connect({
    process,
    site,
    source: 's1',
    laneId: '1',
    sessionId: 1,
    limits: {},
    isPipeliningOff: false,
    onOpened: (result, connection) => {
      if (result.ok) void connection.session.run(work).then(({ reason }) => (end = reason));
      else end = result.failure.command;
    },
    onRefused: (reason) => (end = reason),
  });
  for (let i = 0; i < 10_000 && timeline.step(); i++)
    await new Promise((resolve) => setImmediate(resolve));
  return { dispositions, journal, end };
}
