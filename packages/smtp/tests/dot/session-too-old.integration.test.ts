import { expect } from 'vitest';
import { converse, incident, mailsTo } from '../support.ts';

incident('after the age limit QUIT follows the message', async (segments) => {
  const { work, end } = await converse(
    {
      segments,
      manner: (event) => (event.kind === 'message' ? { waitMs: 60 } : undefined),
    },
    mailsTo('a@x.test', 'b@x.test', 'c@x.test'),
    { limits: { ageMs: 50 } },
  );
  expect(work.summary.length).toBeLessThan(3);
  expect(end.reason).toBe('limit');
});
