import { expect } from 'vitest';
import { incident, ListWork, mailsTo, open, pause, startScriptedPeer } from '../support.ts';

incident(
  'the session is lost while a fence is pending: it is settled only after the fence has answered',
  async (segments) => {
    await using peer = await startScriptedPeer({
      segments,
      manner: (event) => (event.verb === 'DATA' ? { reply: '354 go', after: 'close' } : undefined),
    });
    const session = await open(peer.port);
    const order: string[] = [];
    class SlowFence extends ListWork {
      override async fence() {
        await pause(150);
        order.push('fence');
        return true;
      }
      override settle(...args: Parameters<ListWork['settle']>) {
        order.push('settle');
        super.settle(...args);
      }
    }
    const work = new SlowFence(mailsTo('a@x.test'));
    await session.run(work);
    expect(order).toEqual(['fence', 'settle']);
    expect(work.summary).toEqual(['a@x.test abandoned']);
  },
);
