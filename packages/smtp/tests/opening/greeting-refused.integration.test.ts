import { expect } from 'vitest';
import { incident, refusedOpening, startScriptedPeer } from '../support.ts';

for (const greeting of ['421 4.7.0 busy', '450 later', '550 5.7.1 go away', '554 no SMTP here'])
  incident(
    `greeting ${greeting}: this host cannot now, and nothing is permanent`,
    async (segments) => {
      await using peer = await startScriptedPeer({
        segments,
        manner: (event) => (event.kind === 'greeting' ? greeting : undefined),
      });
      const failure = await refusedOpening(peer.port);
      expect(failure).toMatchObject({
        command: 'GREETING',
        scope: 'session',
        permanence: 'transient',
        reply: { code: Number(greeting.slice(0, 3)) },
      });
      expect(failure.message).toContain(greeting);
    },
  );
