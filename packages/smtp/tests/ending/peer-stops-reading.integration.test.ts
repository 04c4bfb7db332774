import { expect } from 'vitest';
import type { Transaction } from '../../src/index.ts';
import { converse, incident, mailsTo } from '../support.ts';

incident(
  'a peer that stops reading in mid-content ends at the block deadline, certainly not accepted',
  async (segments) => {
    const large = Buffer.from(`Subject: x\r\n\r\n${`${'z'.repeat(70)}\r\n`.repeat(400_000)}`);
    const { end, work } = await converse(
      {
        segments,
        manner: (event) =>
          event.verb === 'DATA' ? { reply: '354 go', after: 'stop-reading' } : undefined,
      },
      [{ ...(mailsTo('a@x.test')[0] as Transaction), content: () => large }],
      { timeouts: { blockMs: 300 } },
    );
    expect(work.results).toMatchObject([
      { disposition: 'refused', command: 'CONTENT', reason: 'timeout', permanence: 'transient' },
    ]);
    expect(end.reason).toBe('lost');
  },
);
