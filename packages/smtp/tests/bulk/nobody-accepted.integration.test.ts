import { expect } from 'vitest';
import { converse, countsOf, incident, mailTo, names } from '../support.ts';

incident('nobody accepted: RSET travels with the next envelope', async (segments) => {
  const { work, peer } = await converse(
    {
      segments,
      manner: (event) =>
        event.line.includes('r') && event.verb === 'RCPT' && event.line.includes('@dead')
          ? '550 5.1.1 no'
          : undefined,
    },
    [mailTo(...names(3, 'dead.test')), mailTo('a@x.test')],
  );
  expect(countsOf(work)).toEqual({ refused: 3, accepted: 1 });
  expect(peer.flights).toBe(2 + 2);
});
