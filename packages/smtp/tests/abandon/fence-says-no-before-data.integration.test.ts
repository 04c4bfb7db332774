import { expect } from 'vitest';
import type { Transaction } from '../../src/index.ts';
import { converse, incident, ListWork, mailsTo } from '../support.ts';

incident(
  'without pipelining, a fence that said no before DATA costs only a RSET',
  async (segments) => {
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
  },
);
