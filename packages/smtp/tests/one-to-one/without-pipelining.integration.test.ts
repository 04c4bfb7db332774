import { expect } from 'vitest';
import { converse, incident, mailsTo, names } from '../support.ts';

incident('without PIPELINING the same is said one command at a time', async (segments) => {
  const { work, peer } = await converse({ segments, extensions: [] }, mailsTo(...names(3)));
  expect(work.summary).toEqual(names(3).map((name) => `${name} accepted`));
  // EHLO, then MAIL, RCPT, DATA and content for each, then QUIT.
  expect(peer.flights).toBe(1 + 3 * 4 + 1);
});
