import { expect } from 'vitest';
import { incident, refusedOpening, requiredTls, startScriptedPeer } from '../support.ts';

incident('a handshake that hangs ends at its deadline', async (segments) => {
  await using peer = await startScriptedPeer({
    segments,
    hasStartTls: true,
    manner: (event) =>
      event.verb === 'STARTTLS' ? { reply: '220 ready', after: 'silence' } : undefined,
  });
  const failure = await refusedOpening(peer.port, { tls: requiredTls, timeouts: { tlsMs: 100 } });
  expect(failure).toMatchObject({ command: 'TLS', reason: 'timeout' });
});
