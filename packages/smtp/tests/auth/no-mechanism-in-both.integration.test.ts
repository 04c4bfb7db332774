import { expect } from 'vitest';
import { incident, refusedOpening } from '../support.ts';
import { auth, authPeer } from './auth-peer.ts';

incident('no mechanism in common: the session does not open', async (segments) => {
  await using peer = await authPeer(segments, 'AUTH GSSAPI');
  expect(await refusedOpening(peer.port, { auth })).toMatchObject({ reason: 'auth-unavailable' });
});
