import { expect } from 'vitest';
import { incident, open, startScriptedPeer } from '../support.ts';

incident('the source address is the one asked for', async (segments) => {
  await using peer = await startScriptedPeer({ segments });
  const session = await open(peer.port, { localAddress: '127.0.0.2' });
  expect(session.info).toMatchObject({ localAddress: '127.0.0.2', remoteAddress: '127.0.0.1' });
  await session.close();
});
