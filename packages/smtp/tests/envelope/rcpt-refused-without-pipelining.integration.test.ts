import { expect } from 'vitest';
import { converse, incident, mailsTo } from '../support.ts';

const tail = (lines: string[]) => lines.slice(1, -1);

incident('without pipelining, a refused recipient costs RSET and no DATA', async (segments) => {
  const { work, peer } = await converse(
    {
      segments,
      extensions: [],
      manner: (event) => (event.line.includes('dead') ? '550 5.1.1 no' : undefined),
    },
    mailsTo('dead@x.test', 'b@x.test'),
  );
  expect(work.summary).toEqual(['dead@x.test refused', 'b@x.test accepted']);
  expect(tail(peer.lines)).toEqual([
    'MAIL FROM:<from@sender.test>',
    'RCPT TO:<dead@x.test>',
    'RSET',
    'MAIL FROM:<from@sender.test>',
    'RCPT TO:<b@x.test>',
    'DATA',
    '.',
  ]);
});
