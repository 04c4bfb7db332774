import { expect } from 'vitest';
import { converse, incident, isNth, mailsTo } from '../support.ts';

incident('421 to the first MAIL is an answer to it', async (segments) => {
  const { work, end } = await converse(
    {
      segments,
      manner: (event) => (isNth(event, 'MAIL') ? '421 4.7.0 [TSS04] deferred' : undefined),
    },
    mailsTo('a@x.test', 'b@x.test'),
  );
  expect(work.summary).toEqual(['a@x.test refused']);
  expect(end).toMatchObject({ reason: 'refused', canReopen: false });
});
