import { expect } from 'vitest';
import { converse, incident, mailsTo } from '../support.ts';
import { FencedWork } from './fenced-work.ts';

incident(
  'the fence says no while the message before waits for its verdict: that verdict is kept',
  async (segments) => {
    const work = new FencedWork(mailsTo('a@x.test', 'b@x.test'), 'b@x.test');
    const { peer } = await converse(
      { segments, manner: (event) => (event.kind === 'message' ? { waitMs: 150 } : undefined) },
      work,
    );
    expect(work.summary).toEqual(['a@x.test accepted', 'b@x.test abandoned']);
    expect(peer.messages).toHaveLength(1);
  },
);
