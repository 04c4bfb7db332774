import { expect } from 'vitest';
import { incident, refusedOpening, startScriptedPeer } from '../support.ts';

incident('a reply that comes before the EHLO it would answer is no answer', async (segments) => {
  await using peer = await startScriptedPeer({
    segments,
    manner: (event) =>
      event.kind === 'greeting' ? Buffer.from('220 hello\r\n250 you too\r\n') : undefined,
  });
  const failure = await refusedOpening(peer.port);
  expect(failure.reason).toBe('unexpected-reply');
});
