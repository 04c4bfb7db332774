import { expect } from 'vitest';
import { incident, open, requiredTls, startScriptedPeer } from '../support.ts';

incident(
  'what was said in plaintext behind the answer to STARTTLS is dropped',
  async (segments) => {
    await using peer = await startScriptedPeer({
      segments,
      hasStartTls: true,
      manner: (event) =>
        event.verb === 'STARTTLS'
          ? Buffer.from('220 ready\r\n250-injected\r\n250 AUTH PLAIN\r\n')
          : undefined,
    });
    const session = await open(peer.port, { tls: requiredTls });
    expect(session.info.tls?.protocol).toMatch(/^TLS/);
    expect(session.info.capabilities.authMechanisms).toEqual([]);
    expect(session.info.capabilities.hasPipelining).toBe(true);
    await session.close();
  },
  // Byte by byte the rest would come after the handshake began, and break that instead.
  ['whole', 'merged'],
);
