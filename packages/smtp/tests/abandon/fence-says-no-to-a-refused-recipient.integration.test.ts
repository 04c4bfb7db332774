import { expect } from 'vitest';
import { converse, incident, mailsTo } from '../support.ts';
import { FencedWork } from './fenced-work.ts';

incident(
  'the fence says no, but the server refused anyway: the session goes on',
  async (segments) => {
    const work = new FencedWork(mailsTo('dead@x.test', 'b@x.test'), 'dead@x.test', 20);
    const { end } = await converse(
      {
        segments,
        manner: (event) => (event.line.includes('dead') ? '550 5.1.1 no' : undefined),
      },
      work,
    );
    expect(work.summary).toEqual(['dead@x.test refused', 'b@x.test accepted']);
    expect(end.reason).toBe('quit');
  },
);
