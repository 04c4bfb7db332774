import { expect } from 'vitest';
import { converse, incident, mailsTo } from '../support.ts';

incident('bare codes, bare LF and continuation lines are read', async (segments) => {
  const { work, peer } = await converse(
    {
      segments,
      manner: (event) => {
        if (event.kind === 'greeting') return Buffer.from('220-one\n220-\n220\n');
        if (event.verb === 'MAIL') return Buffer.from('250\r\n');
        if (event.verb === 'RCPT') return Buffer.from('250-\r\n250-two\n250\n');
        if (event.kind === 'message') return Buffer.from('250-2.0.0 one\r\n250 2.0.0 two\r\n');
      },
    },
    mailsTo('a@x.test', 'b@x.test'),
  );
  expect(work.summary).toEqual(['a@x.test accepted', 'b@x.test accepted']);
  expect(work.results[0]?.reply).toMatchObject({ code: 250, text: '2.0.0 one\n2.0.0 two' });
  expect(peer.flights).toBe(4);
});
