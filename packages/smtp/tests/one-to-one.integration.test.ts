/**
 * One-to-one: one flight per message, the end of one and the envelope of the next together.
 */
import { describe, expect, test } from 'vitest';
import { converse, cuts, ListWork, mailsTo, message, open, startScriptedPeer } from './support.ts';

const names = (count: number) => Array.from({ length: count }, (_, i) => `r${i + 1}@x.test`);

describe.each(cuts)('replies %s', (segments) => {
  test('n messages on a pipelined session cost n + 2 flights, counted by the peer', async () => {
    const { work, peer, end } = await converse({ segments }, mailsTo(...names(10)));
    expect(work.summary).toEqual(names(10).map((name) => `${name} accepted`));
    expect(peer.messages.map(({ recipients }) => recipients)).toEqual(
      names(10).map((name) => [name]),
    );
    expect(peer.messages.every(({ content }) => content.equals(message()))).toBe(true);
    expect(peer.flights).toBe(12);
    expect(end).toMatchObject({ reason: 'quit', canReopen: true });
    expect(end.counts).toMatchObject({ transactions: 10, completed: 10, roundTrips: 12 });
    expect(peer.lines.at(-1)).toBe('QUIT');
    expect(peer.lines).not.toContain('RSET');
  });

  test('without PIPELINING the same is said one command at a time', async () => {
    const { work, peer } = await converse({ segments, extensions: [] }, mailsTo(...names(3)));
    expect(work.summary).toEqual(names(3).map((name) => `${name} accepted`));
    // EHLO, then MAIL, RCPT, DATA and content for each, then QUIT.
    expect(peer.flights).toBe(1 + 3 * 4 + 1);
  });
});

test('an envelope that is not there in time follows the dot, without a flight in between', async () => {
  await using peer = await startScriptedPeer();
  const session = await open(peer.port);
  class LateWork extends ListWork {
    override async next() {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return super.next();
    }
  }
  const work = new LateWork(mailsTo(...names(3)));
  await session.run(work);
  expect(work.summary).toEqual(names(3).map((name) => `${name} accepted`));
});

test('a settle that is slow holds back the fence of the next but one, not the next envelope', async () => {
  await using peer = await startScriptedPeer();
  const session = await open(peer.port);
  let unsettled = 0;
  let mostInDoubt = 0;
  class SlowWork extends ListWork {
    override async fence() {
      unsettled += 1;
      mostInDoubt = Math.max(mostInDoubt, unsettled);
      await new Promise((resolve) => setTimeout(resolve, 2));
      return true;
    }
    override async settle(...args: Parameters<ListWork['settle']>) {
      super.settle(...args);
      await new Promise((resolve) => setTimeout(resolve, 10));
      unsettled -= 1;
    }
  }
  const work = new SlowWork(mailsTo(...names(8)));
  const end = await session.run(work);
  expect(work.summary).toHaveLength(8);
  expect(mostInDoubt).toBe(2);
  expect(end.counts.roundTrips).toBe(10);
});
