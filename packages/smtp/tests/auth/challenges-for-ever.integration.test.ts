import { expect } from 'vitest';
import { incident, refusedOpening } from '../support.ts';
import { auth, authPeer } from './auth-peer.ts';

incident('a peer that challenges for ever is left', async (segments) => {
  await using peer = await authPeer(segments, 'AUTH LOGIN', (event) =>
    event.kind === 'command' && event.verb !== 'EHLO' && event.verb !== 'QUIT' ? '334 ' : undefined,
  );
  expect(await refusedOpening(peer.port, { auth })).toMatchObject({ reason: 'garbage-reply' });
});
