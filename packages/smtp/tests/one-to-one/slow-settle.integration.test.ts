import { expect } from 'vitest';
import { incident, ListWork, mailsTo, names, open, startScriptedPeer } from '../support.ts';

incident(
  'a settle that is slow holds back the fence of the next but one, not the next envelope',
  async (segments) => {
    await using peer = await startScriptedPeer({ segments });
    const session = await open(peer.port);
    let unsettled = 0;
    let mostInDoubt = 0;
    class SlowWork extends ListWork {
      override async fence() {
        unsettled += 1;
        mostInDoubt = Math.max(mostInDoubt, unsettled);
        await new Promise((resolve) => setTimeout(resolve, 2));
        return true;
      }
      override async settle(...args: Parameters<ListWork['settle']>) {
        super.settle(...args);
        await new Promise((resolve) => setTimeout(resolve, 10));
        unsettled -= 1;
      }
    }
    const work = new SlowWork(mailsTo(...names(8)));
    const end = await session.run(work);
    expect(work.summary).toHaveLength(8);
    expect(mostInDoubt).toBe(2);
    expect(end.counts.roundTrips).toBe(10);
  },
);
