import { expect } from 'vitest';
import { incident, isNth, ListWork, mailsTo, open, startScriptedPeer } from '../support.ts';

incident(
  'one byte a moment does not move the deadline: it covers a whole reply',
  async (segments) => {
    await using peer = await startScriptedPeer({
      segments,
      manner: (event) =>
        isNth(event, 'MAIL') ? { reply: Buffer.from('250 slow'), after: 'silence' } : undefined,
    });
    const session = await open(peer.port, { timeouts: { mailMs: 300 } });
    const timer = setInterval(() => peer.lines.length > 1 && peer.drip('w'), 20);
    const begun = performance.now();
    const work = new ListWork(mailsTo('a@x.test'));
    const end = await session.run(work);
    clearInterval(timer);
    expect(end).toMatchObject({ reason: 'lost', failure: { reason: 'timeout', command: 'MAIL' } });
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(work.results).toMatchObject([{ disposition: 'refused', permanence: 'transient' }]);
  },
);
