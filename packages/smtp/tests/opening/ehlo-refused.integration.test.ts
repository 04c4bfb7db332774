import { expect } from 'vitest';
import { converse, incident, mailsTo } from '../support.ts';

incident('EHLO refused is followed by HELO', async (segments) => {
  const { work, peer } = await converse(
    { segments, manner: (event) => (event.verb === 'EHLO' ? '502 5.5.1 unknown' : undefined) },
    mailsTo('a@x.test'),
  );
  expect(peer.lines.slice(0, 3)).toEqual([
    'EHLO client.test',
    'HELO client.test',
    'MAIL FROM:<from@sender.test>',
  ]);
  expect(work.summary).toEqual(['a@x.test accepted']);
});
