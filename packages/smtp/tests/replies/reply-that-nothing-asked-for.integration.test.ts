import { expect } from 'vitest';
import { converse, incident, ListWork, mailsTo } from '../support.ts';

incident(
  'a reply that nothing asked for, while the fence is awaited, is not taken for the dot’s',
  async (segments) => {
    class SlowFence extends ListWork {
      override async fence() {
        await new Promise((resolve) => setTimeout(resolve, 100));
        return true;
      }
    }
    const { work, end, peer } = await converse(
      {
        segments,
        manner: (event) =>
          event.verb === 'DATA' ? Buffer.from('354 go\r\n250 2.0.0 taken already\r\n') : undefined,
      },
      new SlowFence(mailsTo('a@x.test')),
    );
    expect(work.summary).toEqual(['a@x.test abandoned']);
    expect(end).toMatchObject({ reason: 'protocol', failure: { reason: 'unexpected-reply' } });
    expect(peer.messages).toHaveLength(0);
  },
);
