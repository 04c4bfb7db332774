import { expect } from 'vitest';
import { incident, open, refusedOpening, requiredTls, startScriptedPeer } from '../support.ts';

incident(
  'the quirk isStartTlsOff leaves an offer alone, and fails where TLS is required',
  async (segments) => {
    await using peer = await startScriptedPeer({ segments, hasStartTls: true });
    const session = await open(peer.port, {
      tls: { mode: 'opportunistic' },
      quirks: { isStartTlsOff: true },
    });
    expect(session.info.tls).toBeUndefined();
    await session.close();
    const failure = await refusedOpening(peer.port, {
      tls: requiredTls,
      quirks: { isStartTlsOff: true },
    });
    expect(failure.reason).toBe('tls-required');
  },
);
