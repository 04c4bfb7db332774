import { expect } from 'vitest';
import { incident, refusedOpening } from '../support.ts';
import { auth, authPeer, b64 } from './auth-peer.ts';

incident('XOAUTH2 fetches the refusal behind a challenge', async (segments) => {
  await using peer = await authPeer(segments, 'AUTH XOAUTH2', (event) => {
    if (event.verb === 'AUTH') return `334 ${b64('{"status":"400"}')}`;
    return event.kind === 'command' && event.line === '' ? '535 5.7.8 bad token' : undefined;
  });
  const said: string[] = [];
  const failure = await refusedOpening(peer.port, {
    auth: { ...auth, mechanism: 'XOAUTH2' },
    transcript: ({ text }) => said.push(text),
  });
  expect(failure).toMatchObject({ command: 'AUTH', reply: { code: 535 } });
  expect(said).toContain('AUTH XOAUTH2 ****');
  expect(peer.lines).toContain(`AUTH XOAUTH2 ${b64('user=user\x01auth=Bearer pässword\x01\x01')}`);
});
