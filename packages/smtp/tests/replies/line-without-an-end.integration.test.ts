import { expect } from 'vitest';
import { converse, incident, mailsTo } from '../support.ts';

incident('a reply line of 10 MB without an end is cut, and ends the session', async (segments) => {
  const { work, end } = await converse(
    {
      segments,
      manner: (event) =>
        event.verb === 'MAIL' ? Buffer.from(`250 ${'x'.repeat(10_000_000)}`) : undefined,
    },
    mailsTo('a@x.test'),
  );
  expect(work.results).toMatchObject([{ disposition: 'refused', reason: 'reply-flood' }]);
  expect(end.reason).toBe('protocol');
});
