import { expect } from 'vitest';
import { converse, countsOf, incident, mailTo, names } from '../support.ts';

incident(
  'docomo: over 100 recipients 554, cut, and earlier recipients dropped: nobody is called accepted',
  async (segments) => {
    const { work, peer } = await converse(
      {
        segments,
        manner: (event) =>
          event.verb === 'RCPT' && event.nth > 100
            ? { reply: '554 Transaction failed', after: 'close' }
            : undefined,
      },
      [mailTo(...names(120))],
    );
    expect(countsOf(work).accepted).toBeUndefined();
    expect(work.results).toHaveLength(120);
    expect(peer.messages).toHaveLength(0);
  },
);
