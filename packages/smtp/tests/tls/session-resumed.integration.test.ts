import { expect } from 'vitest';
import { incident, ListWork, mailsTo, open, requiredTls, startScriptedPeer } from '../support.ts';

incident('a TLS session is handed out and resumed', async (segments) => {
  await using peer = await startScriptedPeer({ segments, hasStartTls: true });
  let kept: Buffer | undefined;
  const tls = { ...requiredTls, onSession: (session: Buffer) => (kept = session) };
  for (const isResumed of [false, true]) {
    const session = await open(peer.port, { tls: { ...tls, session: kept } });
    await session.run(new ListWork(mailsTo('a@x.test')));
    await session.close();
    expect(session.info.tls?.isResumed).toBe(isResumed);
    expect(kept).toBeDefined();
  }
});
