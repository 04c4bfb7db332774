import { expect } from 'vitest';
import { converse, incident, isNth, mailsTo } from '../support.ts';

incident(
  'every reply of a group is read after MAIL failed, and the next transaction is unharmed',
  async (segments) => {
    const { work, peer } = await converse(
      { segments, manner: (event) => (isNth(event, 'MAIL') ? '451 4.3.0 not now' : undefined) },
      mailsTo('a@x.test', 'b@x.test'),
    );
    expect(work.results).toMatchObject([
      { disposition: 'refused', command: 'MAIL', scope: 'site', permanence: 'transient' },
      { disposition: 'accepted', command: 'DOT' },
    ]);
    expect(peer.messages.map(({ recipients }) => recipients)).toEqual([['b@x.test']]);
    // No transaction was begun, so nothing has to be reset.
    expect(peer.lines).not.toContain('RSET');
  },
);
