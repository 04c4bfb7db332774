import { expect } from 'vitest';
import type { Transaction } from '../../src/index.ts';
import { converse, incident, mailsTo } from '../support.ts';

for (const then of ['close', 'reset'] as const)
  incident(
    `552 in mid-content, then ${then}: the reply is read before the loss counts`,
    async (segments) => {
      const large = Buffer.from(`Subject: x\r\n\r\n${`${'z'.repeat(70)}\r\n`.repeat(400_000)}`);
      const { work } = await converse(
        {
          segments,
          manner: (event) =>
            event.verb === 'DATA'
              ? {
                  reply: '354 go',
                  interrupt: {
                    afterBytes: 1_000_000,
                    reply: '552 5.3.4 too big for me',
                    after: then,
                  },
                }
              : undefined,
        },
        [{ ...(mailsTo('a@x.test')[0] as Transaction), content: () => large }],
      );
      expect(work.results).toMatchObject([
        {
          disposition: 'refused',
          command: 'CONTENT',
          permanence: 'permanent',
          reply: { code: 552 },
        },
      ]);
    },
  );
