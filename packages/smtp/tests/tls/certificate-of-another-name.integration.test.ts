import { testCertificate } from '@hikyaku/testkit/test-certificate';
import { expect } from 'vitest';
import { incident, open, refusedOpening, startScriptedPeer } from '../support.ts';

incident(
  'a certificate is verified against the name asked for, or the address',
  async (segments) => {
    await using peer = await startScriptedPeer({ segments, hasStartTls: true });
    const tls = { mode: 'required', ca: testCertificate } as const;
    for (const servername of [undefined, 'peer.test', '127.0.0.1']) {
      const session = await open(peer.port, { tls, servername });
      expect(session.info.tls).toMatchObject({ isVerified: true });
      await session.close();
    }
    for (const servername of ['other.test', '192.0.2.1'])
      expect(await refusedOpening(peer.port, { tls, servername })).toMatchObject({
        reason: 'tls-failed',
        systemCode: 'ERR_TLS_CERT_ALTNAME_INVALID',
      });
  },
);
