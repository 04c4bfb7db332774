import { expect } from 'vitest';
import { incident, ListWork, mailsTo, names, open, startScriptedPeer } from '../support.ts';

incident(
  'an envelope that is not there in time follows the dot, without a flight in between',
  async (segments) => {
    await using peer = await startScriptedPeer({ segments });
    const session = await open(peer.port);
    class LateWork extends ListWork {
      override async next() {
        await new Promise((resolve) => setTimeout(resolve, 20));
        return super.next();
      }
    }
    const work = new LateWork(mailsTo(...names(3)));
    await session.run(work);
    expect(work.summary).toEqual(names(3).map((name) => `${name} accepted`));
  },
);
