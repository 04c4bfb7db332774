import { expect } from 'vitest';
import { converse, incident, isNth, mailsTo } from '../support.ts';

incident(
  'RSET refused: the session ends without penalty, the envelope behind it is given back',
  async (segments) => {
    const { work, end } = await converse(
      {
        segments,
        manner: (event) => {
          if (isNth(event, 'RCPT')) return '550 5.1.1 no';
          return event.verb === 'RSET' ? '502 5.5.1 no such thing' : undefined;
        },
      },
      mailsTo('a@x.test', 'b@x.test'),
    );
    expect(work.summary).toEqual(['a@x.test refused', 'b@x.test abandoned']);
    expect(end).toMatchObject({ reason: 'refused', canReopen: true, failure: { command: 'RSET' } });
  },
);
