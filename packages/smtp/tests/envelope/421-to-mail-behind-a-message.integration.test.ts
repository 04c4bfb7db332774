import { expect } from 'vitest';
import { converse, incident, isNth, mailsTo } from '../support.ts';

incident(
  '421 to MAIL behind a message tells a session limit: given back, and another may be opened',
  async (segments) => {
    const { work, end } = await converse(
      {
        segments,
        manner: (event) =>
          isNth(event, 'MAIL', 2)
            ? { reply: '421 Max message per connection reached', after: 'close' }
            : undefined,
      },
      mailsTo('a@x.test', 'b@x.test'),
    );
    expect(work.summary).toEqual(['a@x.test accepted', 'b@x.test abandoned']);
    expect(work.results[1]?.reply?.code).toBe(421);
    expect(end).toMatchObject({ reason: 'refused', canReopen: true });
  },
);
