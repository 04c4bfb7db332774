import { expect } from 'vitest';
import { converse, incident, mailsTo, type mailTo } from '../support.ts';

incident('SIZE, BODY and SMTPUTF8 are said where they are offered', async (segments) => {
  const [plain] = mailsTo('配送@x.test') as [ReturnType<typeof mailTo>];
  const { peer } = await converse(
    { segments, extensions: ['PIPELINING', 'SIZE 1000', '8BITMIME', 'SMTPUTF8'] },
    [{ ...plain, sizeBytes: 999, isEightBit: true, isSmtpUtf8: true }],
  );
  expect(peer.lines.slice(1, 3)).toEqual([
    'MAIL FROM:<from@sender.test> SIZE=999 BODY=8BITMIME SMTPUTF8',
    'RCPT TO:<配送@x.test>',
  ]);
});
