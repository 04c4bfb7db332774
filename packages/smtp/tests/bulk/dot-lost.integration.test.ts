import { expect } from 'vitest';
import { converse, incident, mailTo, names } from '../support.ts';

incident('a lost dot makes only the accepted unknown', async (segments) => {
  const { work } = await converse(
    {
      segments,
      manner: (event) => {
        if (event.kind === 'message') return { after: 'close' };
        return event.line.includes('r2@') ? '550 5.1.1 unknown user' : undefined;
      },
    },
    [mailTo(...names(3))],
  );
  expect(work.summary).toEqual(['r2@x.test refused', 'r1@x.test unknown', 'r3@x.test unknown']);
});
