import { expect } from 'vitest';
import { incident, refusedOpening } from '../support.ts';
import { authPeer } from './auth-peer.ts';

incident('credentials are not said in plaintext unless allowed', async (segments) => {
  await using peer = await authPeer(segments, 'AUTH PLAIN');
  const failure = await refusedOpening(peer.port, { auth: { user: 'user', pass: 'x' } });
  expect(failure).toMatchObject({ command: 'AUTH', reason: 'auth-unavailable' });
  expect(peer.lines.some((line) => line.startsWith('AUTH'))).toBe(false);
});
