import { expect } from 'vitest';
import { incident, refusedOpening, startScriptedPeer } from '../support.ts';

incident('silence instead of a greeting ends at its deadline', async (segments) => {
  await using peer = await startScriptedPeer({ segments, manner: () => ({ after: 'silence' }) });
  const failure = await refusedOpening(peer.port, { timeouts: { greetingMs: 100 } });
  expect(failure).toMatchObject({
    command: 'GREETING',
    reason: 'timeout',
    permanence: 'transient',
  });
});
