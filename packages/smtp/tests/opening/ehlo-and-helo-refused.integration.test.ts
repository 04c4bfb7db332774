import { expect } from 'vitest';
import { incident, refusedOpening, startScriptedPeer } from '../support.ts';

incident('EHLO and HELO refused: the session does not open', async (segments) => {
  await using peer = await startScriptedPeer({
    segments,
    manner: (event) => (/^(EHLO|HELO)$/.test(event.verb) ? '550 bad name' : undefined),
  });
  const failure = await refusedOpening(peer.port);
  expect(failure).toMatchObject({ command: 'HELO', scope: 'session', permanence: 'transient' });
});
