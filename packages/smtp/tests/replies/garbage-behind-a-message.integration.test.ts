import { expect } from 'vitest';
import { converse, incident, isNth, mailsTo } from '../support.ts';

incident('garbage behind another message gives the waiting envelope back', async (segments) => {
  const { work, peer } = await converse(
    { segments, manner: (event) => (isNth(event, 'MAIL', 2) ? 'what?' : undefined) },
    mailsTo('a@x.test', 'b@x.test', 'c@x.test'),
  );
  expect(work.summary).toEqual(['a@x.test accepted', 'b@x.test abandoned']);
  expect(peer.messages).toHaveLength(1);
});
