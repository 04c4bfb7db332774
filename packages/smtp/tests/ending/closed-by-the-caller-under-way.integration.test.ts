import { expect } from 'vitest';
import { incident, ListWork, mailsTo, open, startScriptedPeer } from '../support.ts';

incident('close() finishes what is under way, settles it, and says QUIT', async (segments) => {
  await using peer = await startScriptedPeer({
    segments,
    manner: (event) => (event.kind === 'message' ? { waitMs: 50 } : undefined),
  });
  const session = await open(peer.port);
  const work = new ListWork(mailsTo('a@x.test', 'b@x.test', 'c@x.test', 'd@x.test'));
  const running = session.run(work);
  await expect.poll(() => peer.lines).toContain('.');
  await session.close();
  expect(await running).toMatchObject({ reason: 'drained' });
  // The first was on its way and the second's envelope had been said with it.
  expect(work.summary).toEqual(['a@x.test accepted', 'b@x.test accepted']);
  expect(peer.messages).toHaveLength(2);
  expect(peer.lines.at(-1)).toBe('QUIT');
});
