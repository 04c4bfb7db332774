import { expect } from 'vitest';
import { converse, incident, isNth, mailsTo } from '../support.ts';

incident('a long reply line is cut and its code kept', async (segments) => {
  const { work } = await converse(
    {
      segments,
      manner: (event) => (isNth(event, 'RCPT') ? `550 5.1.1 ${'x'.repeat(5_000)}` : undefined),
    },
    mailsTo('a@x.test', 'b@x.test'),
  );
  expect(work.summary).toEqual(['a@x.test refused', 'b@x.test accepted']);
  expect(work.results[0]?.reply).toMatchObject({ code: 550, isCut: true });
  expect(work.results[0]?.reply?.text).toHaveLength(2_048);
});
