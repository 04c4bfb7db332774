import { expect } from 'vitest';
import {
  incident,
  ListWork,
  mailsTo,
  open,
  refusedOpening,
  requiredTls,
  startScriptedPeer,
} from '../support.ts';

incident(
  'a failed handshake: opportunistic comes back in plaintext and says so, required fails',
  async (segments) => {
    const options = {
      segments,
      hasStartTls: true,
      manner: (event: { verb: string }) =>
        event.verb === 'STARTTLS'
          ? ({ reply: '220 ready', after: 'junk-tls' } as const)
          : undefined,
    };
    await using peer = await startScriptedPeer(options);
    const session = await open(peer.port, { tls: { mode: 'opportunistic' } });
    expect(session.info.tls).toBeUndefined();
    expect(session.info.tlsFailure).toMatchObject({ command: 'TLS', reason: 'tls-failed' });
    const work = new ListWork(mailsTo('a@x.test'));
    await session.run(work);
    expect(work.summary).toEqual(['a@x.test accepted']);
    expect(peer.connections).toBe(2);
    expect(await refusedOpening(peer.port, { tls: requiredTls })).toMatchObject({
      command: 'TLS',
      reason: 'tls-failed',
      permanence: 'transient',
    });
    expect(peer.connections).toBe(3);
  },
);
