import { expect } from 'vitest';
import { incident, ListWork, mailsTo, open, startScriptedPeer } from '../support.ts';

incident(
  'a session that a peer closes before run() is used ends without penalty',
  async (segments) => {
    await using peer = await startScriptedPeer({ segments });
    const session = await open(peer.port);
    peer.hangUp('421 4.4.2 idle too long\r\n');
    await expect.poll(() => session.isOpen).toBe(false);
    const work = new ListWork(mailsTo('a@x.test'));
    expect(await session.run(work)).toMatchObject({ reason: 'idle-closed', canReopen: true });
    expect(work.log).toHaveLength(0);
  },
);
