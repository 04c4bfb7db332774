/**
 * Incidents of a transaction that must not go on: no dot is ever written for it, and nobody else's verdict is lost.
 */
import { describe, expect, test } from 'vitest';
import type { Transaction } from '../src/index.ts';
import { converse, cuts, ListWork, mailsTo, mailTo, open, startScriptedPeer } from './support.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

class FencedWork extends ListWork {
  readonly refused: string;
  readonly waitMs: number;
  constructor(transactions: readonly Transaction[], refused: string, waitMs = 0) {
    super(transactions);
    this.refused = refused;
    this.waitMs = waitMs;
  }
  override async fence(transaction: Transaction, accepted: readonly number[]) {
    await super.fence(transaction, accepted);
    if (this.waitMs > 0) await pause(this.waitMs);
    return !transaction.recipients.includes(this.refused);
  }
}

describe.each(cuts)('replies %s', (segments) => {
  test('the fence says no: the socket is destroyed, no dot is written', async () => {
    const work = new FencedWork(mailsTo('a@x.test', 'b@x.test', 'c@x.test'), 'b@x.test');
    const { end, peer } = await converse({ segments }, work);
    expect(work.summary).toEqual(['a@x.test accepted', 'b@x.test abandoned']);
    expect(work.results[1]).toMatchObject({ reason: 'fence-refused', command: 'DATA' });
    expect(peer.lines.filter((line) => line === '.')).toHaveLength(1);
    expect(peer.lines.at(-1)).toBe('DATA');
    expect(peer.messages).toHaveLength(1);
    expect(end).toMatchObject({ reason: 'abandoned', canReopen: true });
  });

  test('the fence says no while the message before waits for its verdict: that verdict is kept', async () => {
    const work = new FencedWork(mailsTo('a@x.test', 'b@x.test'), 'b@x.test');
    const { peer } = await converse(
      { segments, manner: (event) => (event.kind === 'message' ? { waitMs: 150 } : undefined) },
      work,
    );
    expect(work.summary).toEqual(['a@x.test accepted', 'b@x.test abandoned']);
    expect(peer.messages).toHaveLength(1);
  });

  test('the fence says no, but the server refused anyway: the session goes on', async () => {
    const work = new FencedWork(mailsTo('dead@x.test', 'b@x.test'), 'dead@x.test', 20);
    const { end } = await converse(
      {
        segments,
        manner: (event) => (event.line.includes('dead') ? '550 5.1.1 no' : undefined),
      },
      work,
    );
    expect(work.summary).toEqual(['dead@x.test refused', 'b@x.test accepted']);
    expect(end.reason).toBe('quit');
  });

  test('mayComplete says no: as with the fence', async () => {
    class LateWork extends ListWork {
      override mayComplete(transaction: Transaction) {
        return transaction.recipients[0] !== 'b@x.test';
      }
    }
    const work = new LateWork(mailsTo('a@x.test', 'b@x.test'));
    const { peer } = await converse({ segments }, work);
    expect(work.summary).toEqual(['a@x.test accepted', 'b@x.test abandoned']);
    expect(work.results[1]?.reason).toBe('too-late');
    expect(peer.messages).toHaveLength(1);
    expect(peer.lines.filter((line) => line === '.')).toHaveLength(1);
  });

  test('without pipelining, a fence that said no before DATA costs only a RSET', async () => {
    class EarlyNo extends ListWork {
      override fence(transaction: Transaction) {
        return transaction.recipients[0] !== 'a@x.test';
      }
    }
    const work = new EarlyNo(mailsTo('a@x.test', 'b@x.test'));
    const { peer, end } = await converse({ segments, extensions: [] }, work);
    expect(work.summary).toEqual(['a@x.test abandoned', 'b@x.test accepted']);
    expect(peer.lines.filter((line) => line === 'DATA')).toHaveLength(1);
    expect(end.reason).toBe('quit');
  });
});

test('a fence that throws, content that throws, a settle that rejects, a next that throws', async () => {
  const oops = new Error('the database is away');
  class NoFence extends ListWork {
    override fence(): never {
      throw oops;
    }
  }
  class NoSettle extends ListWork {
    override async settle(...args: Parameters<ListWork['settle']>) {
      super.settle(...args);
      await pause(5);
      throw oops;
    }
  }
  class NoNext extends ListWork {
    override next(): Transaction {
      if (this.log.length > 0) throw oops;
      return super.next() as Transaction;
    }
  }
  const noContent = {
    ...mailTo('a@x.test'),
    content: () => {
      throw oops;
    },
  };
  const fence = await converse({}, new NoFence(mailsTo('a@x.test', 'b@x.test')));
  expect(fence.work.results).toMatchObject([{ disposition: 'abandoned', reason: 'fence-failed' }]);
  const content = await converse({}, [noContent, mailTo('b@x.test')]);
  expect(content.work.results).toMatchObject([
    { disposition: 'abandoned', reason: 'content-failed' },
  ]);
  const settle = await converse({}, new NoSettle(mailsTo('a@x.test', 'b@x.test', 'c@x.test')));
  expect(settle.work.summary[0]).toBe('a@x.test accepted');
  // What was on its way when the log failed may end, and nothing more is begun.
  expect(settle.peer.messages.length).toBeLessThanOrEqual(2);
  const next = await converse({ extensions: [] }, new NoNext(mailsTo('a@x.test', 'b@x.test')));
  expect(next.work.summary).toEqual(['a@x.test accepted']);
  for (const { end } of [fence, content, settle, next])
    expect(end).toMatchObject({ reason: 'work-failed', error: oops, canReopen: false });
});

test('the session is lost while a fence is pending: it is settled only after the fence has answered', async () => {
  await using peer = await startScriptedPeer({
    manner: (event) => (event.verb === 'DATA' ? { reply: '354 go', after: 'close' } : undefined),
  });
  const session = await open(peer.port);
  const order: string[] = [];
  class SlowFence extends ListWork {
    override async fence() {
      await pause(150);
      order.push('fence');
      return true;
    }
    override settle(...args: Parameters<ListWork['settle']>) {
      order.push('settle');
      super.settle(...args);
    }
  }
  const work = new SlowFence(mailsTo('a@x.test'));
  await session.run(work);
  expect(order).toEqual(['fence', 'settle']);
  expect(work.summary).toEqual(['a@x.test abandoned']);
});

test('destroy() gives back what was not completed and calls the rest unknown', async () => {
  await using peer = await startScriptedPeer({
    manner: (event) => (event.kind === 'message' ? { after: 'silence' } : undefined),
  });
  const session = await open(peer.port);
  const work = new ListWork(mailsTo('a@x.test', 'b@x.test'));
  const running = session.run(work);
  await expect.poll(() => peer.lines).toContain('.');
  session.destroy();
  await running;
  expect(work.summary).toEqual(['a@x.test unknown', 'b@x.test abandoned']);
});
