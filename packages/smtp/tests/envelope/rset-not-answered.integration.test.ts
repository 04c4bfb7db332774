import { expect } from 'vitest';
import { converse, incident, isNth, mailsTo } from '../support.ts';

incident(
  'a RSET that is not answered ends at its deadline, and bounces nobody',
  async (segments) => {
    const { work, end } = await converse(
      {
        segments,
        manner: (event) => {
          if (isNth(event, 'RCPT')) return '550 5.1.1 no';
          return event.verb === 'RSET' ? { after: 'silence' } : undefined;
        },
      },
      mailsTo('a@x.test', 'b@x.test'),
      { timeouts: { rsetMs: 100 } },
    );
    expect(work.summary).toEqual(['a@x.test refused', 'b@x.test abandoned']);
    expect(end).toMatchObject({ reason: 'lost', failure: { command: 'RSET', reason: 'timeout' } });
  },
);
