import { expect } from 'vitest';
import { converse, incident, mailsTo } from '../support.ts';

incident('behind the last message that a limit allows comes QUIT, never MAIL', async (segments) => {
  const ours = await converse({ segments }, mailsTo('a@x.test', 'b@x.test', 'c@x.test'), {
    limits: { transactionsMax: 2 },
  });
  const theirs = await converse(
    { segments, extensions: ['PIPELINING', 'LIMITS MAILMAX=2'] },
    mailsTo('a@x.test', 'b@x.test', 'c@x.test'),
  );
  for (const { work, peer, end } of [ours, theirs]) {
    expect(work.summary).toEqual(['a@x.test accepted', 'b@x.test accepted']);
    expect(peer.lines.slice(-2)).toEqual(['.', 'QUIT']);
    expect(peer.flights).toBe(2 + 2);
    expect(end).toMatchObject({ reason: 'limit', canReopen: true });
  }
});
