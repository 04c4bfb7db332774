import { expect } from 'vitest';
import type { Transaction } from '../../src/index.ts';
import { converse, incident, ListWork, mailsTo, mailTo, pause } from '../support.ts';

incident(
  'a fence that throws, content that throws, a settle that rejects, a next that throws',
  async (segments) => {
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
    const fence = await converse({ segments }, new NoFence(mailsTo('a@x.test', 'b@x.test')));
    expect(fence.work.results).toMatchObject([
      { disposition: 'abandoned', reason: 'fence-failed' },
    ]);
    const content = await converse({ segments }, [noContent, mailTo('b@x.test')]);
    expect(content.work.results).toMatchObject([
      { disposition: 'abandoned', reason: 'content-failed' },
    ]);
    const settle = await converse(
      { segments },
      new NoSettle(mailsTo('a@x.test', 'b@x.test', 'c@x.test')),
    );
    expect(settle.work.summary[0]).toBe('a@x.test accepted');
    // What was on its way when the log failed may end, and nothing more is begun.
    expect(settle.peer.messages.length).toBeLessThanOrEqual(2);
    const next = await converse(
      { segments, extensions: [] },
      new NoNext(mailsTo('a@x.test', 'b@x.test')),
    );
    expect(next.work.summary).toEqual(['a@x.test accepted']);
    for (const { end } of [fence, content, settle, next])
      expect(end).toMatchObject({ reason: 'work-failed', error: oops, canReopen: false });
  },
);
