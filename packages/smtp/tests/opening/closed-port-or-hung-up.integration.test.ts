import { createServer } from 'node:net';
import { expect } from 'vitest';
import { incident, refusedOpening, startScriptedPeer } from '../support.ts';

incident('a closed port and a host that hangs up are told apart', async (segments) => {
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  const { port } = closed.address() as { port: number };
  await new Promise((resolve) => closed.close(resolve));
  expect(await refusedOpening(port)).toMatchObject({
    command: 'CONNECT',
    reason: 'connection-refused',
    systemCode: 'ECONNREFUSED',
  });
  await using peer = await startScriptedPeer({ segments, manner: () => ({ after: 'close' }) });
  expect(await refusedOpening(peer.port)).toMatchObject({
    command: 'GREETING',
    reason: 'connection-closed',
  });
});
