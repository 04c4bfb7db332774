import { expect } from 'vitest';
import { converse, incident, mailsTo } from '../support.ts';

incident('251 and 252 are acceptance, 551 is a refusal', async (segments) => {
  const { work } = await converse(
    {
      segments,
      manner: (event) =>
        event.verb === 'RCPT'
          ? ['251 will forward', '252 cannot verify', '551 try <elsewhere@x.test>'][event.nth - 1]
          : undefined,
    },
    mailsTo('a@x.test', 'b@x.test', 'c@x.test'),
  );
  expect(work.summary).toEqual(['a@x.test accepted', 'b@x.test accepted', 'c@x.test refused']);
  expect(work.results[2]).toMatchObject({ permanence: 'permanent' });
});
