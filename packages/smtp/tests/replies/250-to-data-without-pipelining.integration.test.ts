import { expect } from 'vitest';
import { converse, incident, mailsTo } from '../support.ts';

incident('without pipelining, 250 to DATA is taken for 354', async (segments) => {
  const { work } = await converse(
    {
      segments,
      extensions: [],
      manner: (event) => (event.verb === 'DATA' ? '250 ok' : undefined),
    },
    mailsTo('a@x.test'),
  );
  expect(work.summary).toEqual(['a@x.test accepted']);
});
