import { expect } from 'vitest';
import { converse, incident, mailsTo } from '../support.ts';
import { atMessage } from './at-message.ts';

incident('a server that closes after its limit without a word is no failure', async (segments) => {
  const { work, end } = await converse(
    { segments, manner: atMessage(3, { reply: '250 2.0.0 taken', after: 'close' }) },
    mailsTo('a@x.test', 'b@x.test', 'c@x.test', 'd@x.test'),
  );
  expect(work.summary).toEqual([
    'a@x.test accepted',
    'b@x.test accepted',
    'c@x.test accepted',
    'd@x.test abandoned',
  ]);
  expect(end).toMatchObject({ reason: 'idle-closed', canReopen: true });
});
