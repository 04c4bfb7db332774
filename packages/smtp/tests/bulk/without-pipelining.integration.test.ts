import { expect } from 'vitest';
import { CarryingWork, converse, countsOf, incident, mailTo, names } from '../support.ts';

incident('without pipelining the same, one command at a time', async (segments) => {
  const work = new CarryingWork([mailTo(...names(12))]);
  await converse(
    {
      segments,
      extensions: [],
      manner: (event) =>
        event.verb === 'RCPT' && event.recipients.length >= 5 ? '452 4.5.3 too many' : undefined,
    },
    work,
  );
  expect(countsOf(work).accepted).toBe(12);
});
