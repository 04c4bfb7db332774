import { expect } from 'vitest';
import { incident, open, startScriptedPeer } from '../support.ts';

incident('KEYWORD=params is read like KEYWORD params', async (segments) => {
  await using peer = await startScriptedPeer({
    segments,
    extensions: ['size=1000', 'auth=login PLAIN', 'AUTH CRAM-MD5', 'limits RCPTMAX=20 MAILMAX=5'],
  });
  const session = await open(peer.port);
  expect(session.info.capabilities).toMatchObject({
    sizeMaxBytes: 1000,
    authMechanisms: ['LOGIN', 'PLAIN', 'CRAM-MD5'],
    recipientsMax: 20,
    transactionsMax: 5,
  });
  await session.close();
});
