import { expect } from 'vitest';
import { incident, refusedOpening, startScriptedPeer } from '../support.ts';

incident('silence instead of a reply to EHLO ends at its deadline', async (segments) => {
  await using peer = await startScriptedPeer({
    segments,
    manner: (event) => (event.verb === 'EHLO' ? { after: 'silence' } : undefined),
  });
  const failure = await refusedOpening(peer.port, { timeouts: { ehloMs: 100 } });
  expect(failure).toMatchObject({ command: 'EHLO', reason: 'timeout', permanence: 'transient' });
});
