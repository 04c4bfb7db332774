import { expect } from 'vitest';
import { incident, refusedOpening, startScriptedPeer } from '../support.ts';

incident(
  'garbage instead of a greeting or an EHLO reply: the session does not open',
  async (segments) => {
    for (const verb of ['GREETING', 'EHLO']) {
      await using peer = await startScriptedPeer({
        segments,
        manner: (event) => (event.verb === verb ? 'SSH-2.0-OpenSSH_9.2' : undefined),
      });
      const failure = await refusedOpening(peer.port);
      expect(failure).toMatchObject({ command: verb, reason: 'garbage-reply' });
    }
  },
);
