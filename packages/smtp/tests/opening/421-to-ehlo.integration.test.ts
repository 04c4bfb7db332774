import { expect } from 'vitest';
import { incident, refusedOpening, startScriptedPeer } from '../support.ts';

incident('421 to EHLO: leave, without HELO', async (segments) => {
  await using peer = await startScriptedPeer({
    segments,
    manner: (event) => (event.verb === 'EHLO' ? '421 4.3.2 shutting down' : undefined),
  });
  const failure = await refusedOpening(peer.port);
  expect(failure).toMatchObject({ command: 'EHLO', reply: { code: 421 } });
  expect(peer.lines).toEqual(['EHLO client.test']);
});
