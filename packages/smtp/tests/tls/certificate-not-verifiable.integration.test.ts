import { expect } from 'vitest';
import { incident, open, refusedOpening, startScriptedPeer } from '../support.ts';

incident(
  'a certificate that cannot be verified fails the session where verifying is asked for',
  async (segments) => {
    await using peer = await startScriptedPeer({ segments, hasStartTls: true });
    expect(await refusedOpening(peer.port, { tls: { mode: 'required' } })).toMatchObject({
      command: 'TLS',
      systemCode: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
    const session = await open(peer.port, { tls: { mode: 'opportunistic' } });
    expect(session.info.tls).toMatchObject({ isVerified: false });
    await session.close();
  },
);
