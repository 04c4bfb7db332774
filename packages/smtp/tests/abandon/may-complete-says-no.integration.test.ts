import { expect } from 'vitest';
import type { Transaction } from '../../src/index.ts';
import { converse, incident, ListWork, mailsTo } from '../support.ts';

incident('mayComplete says no: as with the fence', async (segments) => {
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
