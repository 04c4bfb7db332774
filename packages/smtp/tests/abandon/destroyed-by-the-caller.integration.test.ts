import { expect } from 'vitest';
import { incident, ListWork, mailsTo, open, startScriptedPeer } from '../support.ts';

incident(
  'destroy() gives back what was not completed and calls the rest unknown',
  async (segments) => {
    await using peer = await startScriptedPeer({
      segments,
      manner: (event) => (event.kind === 'message' ? { after: 'silence' } : undefined),
    });
    const session = await open(peer.port);
    const work = new ListWork(mailsTo('a@x.test', 'b@x.test'));
    const running = session.run(work);
    await expect.poll(() => peer.lines).toContain('.');
    session.destroy();
    await running;
    expect(work.summary).toEqual(['a@x.test unknown', 'b@x.test abandoned']);
  },
);
