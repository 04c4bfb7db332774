import { expect } from 'vitest';
import { CarryingWork, converse, countsOf, incident, mailTo, names } from '../support.ts';

for (const reply of ['452 4.5.3 too many recipients', '552 too many recipients', '451 no more'])
  incident(
    `over the cap the server answers ${reply}: the rest is carried over, and goes first next time`,
    async (segments) => {
      const work = new CarryingWork([mailTo(...names(25))]);
      const { peer } = await converse(
        {
          segments,
          manner: (event) =>
            event.verb === 'RCPT' && event.recipients.length >= 10 ? reply : undefined,
        },
        work,
      );
      const { accepted = 0, refused = 0 } = countsOf(work);
      if (reply.startsWith('452')) {
        expect([accepted, refused, work.transactions]).toEqual([25, 0, 3]);
        expect(peer.messages.map(({ recipients }) => recipients.length)).toEqual([10, 10, 5]);
      } else if (reply.startsWith('552')) expect([accepted, refused]).toEqual([25, 0]);
      // Without a word of a cap it is carried over once only.
      else expect([accepted, refused, work.transactions]).toEqual([20, 5, 2]);
    },
  );
