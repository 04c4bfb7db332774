import { expect } from 'vitest';
import { converse, countsOf, incident, mailTo, names } from '../support.ts';

incident(
  '5,000 recipients: neither side blocks the other, and every one is answered',
  async (segments) => {
    const { work, peer } = await converse(
      {
        segments,
        manner: (event) =>
          event.verb === 'RCPT' && event.nth % 7 === 0 ? '550 5.1.1 no' : undefined,
      },
      [mailTo(...names(5_000))],
    );
    expect(countsOf(work)).toEqual({ accepted: 5_000 - 714, refused: 714 });
    expect(peer.messages[0]?.recipients).toHaveLength(5_000 - 714);
  },
);
