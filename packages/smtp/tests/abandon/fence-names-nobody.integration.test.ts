import { expect } from 'vitest';
import type { Transaction } from '../../src/index.ts';
import { converse, incident, ListWork, mailsTo } from '../support.ts';

incident('the fence names nobody, before RCPT was answered: it is a no', async (segments) => {
  class NamesNobody extends ListWork {
    override async fence(transaction: Transaction, accepted: readonly number[]) {
      await super.fence(transaction, accepted);
      return [];
    }
  }
  const manner = (event: { line: string }) =>
    event.line.startsWith('RCPT') ? { waitMs: 30 } : undefined;
  const { peer, work } = await converse({ segments, manner }, new NamesNobody(mailsTo('a@x.test')));
  expect(work.summary).toEqual(['a@x.test abandoned']);
  expect(peer.messages).toHaveLength(0);
});
