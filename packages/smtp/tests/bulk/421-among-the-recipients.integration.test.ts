import { expect } from 'vitest';
import { converse, incident, mailTo, names } from '../support.ts';

incident('421 to a RCPT defers all that are not settled and ends the session', async (segments) => {
  const { work, end, peer } = await converse(
    {
      segments,
      manner: (event) => {
        if (event.line.includes('r1@')) return '550 5.1.1 unknown user';
        return event.line.includes('r4@') ? '421 4.7.0 too many connections' : undefined;
      },
    },
    [mailTo(...names(6)), mailTo('later@x.test')],
  );
  expect(work.results).toMatchObject([
    { recipient: 'r1@x.test', disposition: 'refused', permanence: 'permanent' },
    ...[2, 3, 4, 5, 6].map((i) => ({
      recipient: `r${i}@x.test`,
      disposition: 'refused',
      scope: 'session',
      permanence: 'transient',
      reply: { code: 421 },
    })),
  ]);
  expect(end.reason).toBe('refused');
  expect(peer.messages).toHaveLength(0);
});
