import { expect } from 'vitest';
import { converse, incident, isNth, mailsTo } from '../support.ts';

incident(
  'DATA refused with a recipient accepted: the message is refused by that reply',
  async (segments) => {
    const { work, peer } = await converse(
      { segments, manner: (event) => (isNth(event, 'DATA') ? '451 4.7.1 greylisted' : undefined) },
      mailsTo('a@x.test', 'b@x.test'),
    );
    expect(work.results).toMatchObject([
      { disposition: 'refused', command: 'DATA', scope: 'message', permanence: 'transient' },
      { disposition: 'accepted' },
    ]);
    expect(peer.lines.filter((line) => line === 'RSET')).toHaveLength(1);
  },
);
