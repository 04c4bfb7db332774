import { expect } from 'vitest';
import { converse, countsOf, incident, mailTo, names } from '../support.ts';

for (const reply of ['552 5.2.2 user is over quota', '552 Too much mail data', '552 mailbox full'])
  incident(`${reply} is a full mailbox, not a cap`, async (segments) => {
    const { work } = await converse(
      { segments, manner: (event) => (event.line.includes('r2@') ? reply : undefined) },
      [mailTo(...names(3))],
    );
    expect(countsOf(work)).toEqual({ accepted: 2, refused: 1 });
  });
