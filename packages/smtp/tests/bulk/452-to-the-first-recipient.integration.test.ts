import { expect } from 'vitest';
import { converse, countsOf, incident, mailTo, names } from '../support.ts';

incident('452 to the first recipient is no cap', async (segments) => {
  const { work } = await converse(
    { segments, manner: (event) => (event.verb === 'RCPT' ? '452 4.3.1 no storage' : undefined) },
    [mailTo(...names(3))],
  );
  expect(countsOf(work)).toEqual({ refused: 3 });
  expect(work.results.every(({ permanence }) => permanence === 'transient')).toBe(true);
});
