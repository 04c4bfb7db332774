import { expect } from 'vitest';
import { incident, open, startScriptedPeer } from '../support.ts';

incident('close() without run() says QUIT', async (segments) => {
  await using peer = await startScriptedPeer({ segments });
  const session = await open(peer.port);
  await session.close();
  await expect.poll(() => peer.lines).toEqual(['EHLO client.test', 'QUIT']);
});
