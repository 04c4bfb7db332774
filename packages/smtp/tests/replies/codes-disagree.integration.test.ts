import { expect } from 'vitest';
import { converse, incident, isNth, mailsTo } from '../support.ts';

incident(
  'of a multi-line reply the last code decides, and all lines are kept',
  async (segments) => {
    const { work } = await converse(
      {
        segments,
        manner: (event) =>
          isNth(event, 'RCPT')
            ? Buffer.from('250-fine\r\n550-5.1.1 no\r\n550 such user\r\n')
            : undefined,
      },
      mailsTo('a@x.test', 'b@x.test'),
    );
    expect(work.summary).toEqual(['a@x.test refused', 'b@x.test accepted']);
    expect(work.results[0]?.reply?.lines).toEqual(['fine', '5.1.1 no', 'such user']);
    expect(work.results[0]?.reply?.enhanced).toBe('5.1.1');
  },
);
