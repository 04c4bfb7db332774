import { expect } from 'vitest';
import { converse, incident, mailsTo } from '../support.ts';
import { atMessage } from './at-message.ts';

incident('550 after the dot is a known refusal', async (segments) => {
  const { work } = await converse(
    { segments, manner: atMessage(1, '550 Unknown user a') },
    mailsTo('a@x.test', 'b@x.test'),
  );
  expect(work.results).toMatchObject([
    { disposition: 'refused', command: 'DOT', permanence: 'permanent', reply: { code: 550 } },
    { disposition: 'accepted' },
  ]);
});
