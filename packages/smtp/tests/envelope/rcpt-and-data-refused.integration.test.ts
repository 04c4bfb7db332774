import { expect } from 'vitest';
import { converse, incident, mailsTo } from '../support.ts';

const tail = (lines: string[]) => lines.slice(1, -1);

incident('RCPT refused, DATA refused: RSET travels with the next envelope', async (segments) => {
  const { work, peer } = await converse(
    {
      segments,
      manner: (event) =>
        event.line.includes('dead') ? '550 5.1.1 <dead@x.test>: user unknown' : undefined,
    },
    mailsTo('a@x.test', 'dead@x.test', 'b@x.test'),
  );
  expect(work.results).toMatchObject([
    { disposition: 'accepted' },
    {
      disposition: 'refused',
      command: 'RCPT',
      scope: 'recipient',
      permanence: 'permanent',
      reply: { code: 550, enhanced: '5.1.1' },
    },
    { disposition: 'accepted' },
  ]);
  expect(tail(peer.lines)).toEqual([
    'MAIL FROM:<from@sender.test>',
    'RCPT TO:<a@x.test>',
    'DATA',
    '.',
    'MAIL FROM:<from@sender.test>',
    'RCPT TO:<dead@x.test>',
    'DATA',
    'RSET',
    'MAIL FROM:<from@sender.test>',
    'RCPT TO:<b@x.test>',
    'DATA',
    '.',
  ]);
  // One flight for the hello, one for the first envelope, one for each message or refusal, QUIT within the last.
  expect(peer.flights).toBe(2 + 3);
});
