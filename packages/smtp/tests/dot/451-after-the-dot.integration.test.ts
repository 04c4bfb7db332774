import { expect } from 'vitest';
import { converse, incident, mailsTo } from '../support.ts';
import { atMessage } from './at-message.ts';

incident('451 after the dot defers the recipient and keeps the session', async (segments) => {
  const { work, end } = await converse(
    { segments, manner: atMessage(1, '451 4.3.0 try later') },
    mailsTo('a@x.test', 'b@x.test'),
  );
  expect(work.results).toMatchObject([
    { disposition: 'refused', command: 'DOT', scope: 'message', permanence: 'transient' },
    { disposition: 'accepted' },
  ]);
  expect(end.reason).toBe('quit');
});
