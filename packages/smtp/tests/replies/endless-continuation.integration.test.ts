import { expect } from 'vitest';
import { converse, incident, isNth, mailsTo } from '../support.ts';

incident('endless continuation lines end the session', async (segments) => {
  const { end } = await converse(
    {
      segments,
      manner: (event) =>
        isNth(event, 'MAIL') ? Buffer.from('250-more\r\n'.repeat(20_000)) : undefined,
    },
    mailsTo('a@x.test'),
  );
  expect(end).toMatchObject({ reason: 'protocol', failure: { reason: 'reply-flood' } });
});
