import { expect } from 'vitest';
import { converse, incident, isNth, mailsTo } from '../support.ts';

incident('421 to RCPT defers that recipient and ends the session', async (segments) => {
  const { work, end } = await converse(
    {
      segments,
      manner: (event) =>
        isNth(event, 'RCPT', 2) ? { reply: '421 4.7.0 too fast', after: 'close' } : undefined,
    },
    mailsTo('a@x.test', 'b@x.test', 'c@x.test'),
  );
  expect(work.results).toMatchObject([
    { disposition: 'accepted' },
    { disposition: 'refused', command: 'RCPT', scope: 'session', permanence: 'transient' },
  ]);
  expect(end).toMatchObject({
    reason: 'refused',
    canReopen: false,
    failure: { command: 'RCPT' },
  });
});
