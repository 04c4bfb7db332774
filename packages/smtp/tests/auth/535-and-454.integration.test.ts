import { expect } from 'vitest';
import { incident, refusedOpening } from '../support.ts';
import { auth, authPeer } from './auth-peer.ts';

incident('535 is permanent and concerns the site, 454 may pass', async (segments) => {
  for (const [reply, permanence] of [
    ['535 5.7.8 bad credentials', 'permanent'],
    ['454 4.7.0 try later', 'transient'],
  ] as const) {
    await using peer = await authPeer(segments, 'AUTH PLAIN', (e) =>
      e.verb === 'AUTH' ? reply : undefined,
    );
    expect(await refusedOpening(peer.port, { auth })).toMatchObject({
      command: 'AUTH',
      permanence,
    });
  }
});
