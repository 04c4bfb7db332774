import { expect } from 'vitest';
import { incident, mailsTo, open, startScriptedPeer } from '../support.ts';
import { IdleWork } from './idle-work.ts';

incident('the idle limit says QUIT', async (segments) => {
  await using peer = await startScriptedPeer({ segments });
  const session = await open(peer.port, { idleMs: 100 });
  const end = await session.run(new IdleWork(mailsTo('a@x.test')));
  expect(end).toMatchObject({ reason: 'idle-closed', canReopen: true });
  await session.close();
  expect(peer.lines.at(-1)).toBe('QUIT');
});
