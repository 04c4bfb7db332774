import { expect } from 'vitest';
import { converse, incident, mailsTo } from '../support.ts';

incident('a PIX banner is greeted with HELO and never pipelined to', async (segments) => {
  const { work, peer } = await converse(
    {
      segments,
      manner: (event) => (event.kind === 'greeting' ? '220 ********0*2******' : undefined),
    },
    mailsTo('a@x.test', 'b@x.test'),
  );
  expect(work.summary).toEqual(['a@x.test accepted', 'b@x.test accepted']);
  expect(peer.lines[0]).toBe('HELO client.test');
  expect(peer.flights).toBe(1 + 2 * 4 + 1);
});
