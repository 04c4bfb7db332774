import { expect } from 'vitest';
import { incident, refusedOpening, requiredTls, startScriptedPeer } from '../support.ts';

incident('TLS required and not offered: no MAIL is said', async (segments) => {
  await using peer = await startScriptedPeer({ segments });
  const failure = await refusedOpening(peer.port, { tls: requiredTls });
  expect(failure).toMatchObject({
    command: 'STARTTLS',
    reason: 'tls-required',
    permanence: 'transient',
  });
  expect(peer.lines.some((line) => line.startsWith('MAIL'))).toBe(false);
});
