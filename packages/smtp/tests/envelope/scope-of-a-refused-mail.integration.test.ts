import { expect } from 'vitest';
import { converse, incident, mailsTo } from '../support.ts';

incident('at MAIL, what concerns the message is told from what concerns us', async (segments) => {
  for (const [reply, scope] of [
    ['552 5.3.4 message too big', 'message'],
    ['553 5.1.7 bad sender address', 'message'],
    ['550 5.1.8 sender domain not found', 'message'],
    ['554 5.7.1 blocked using zen.spamhaus.org', 'site'],
    ['530 5.7.0 must issue STARTTLS first', 'site'],
    ['452 4.3.1 insufficient system storage', 'site'],
  ]) {
    const { work } = await converse(
      { segments, manner: (event) => (event.verb === 'MAIL' ? reply : undefined) },
      mailsTo('a@x.test'),
    );
    expect(work.results).toMatchObject([{ command: 'MAIL', scope }]);
  }
});
