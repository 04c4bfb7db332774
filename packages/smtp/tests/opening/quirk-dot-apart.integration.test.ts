import { expect } from 'vitest';
import { converse, incident, mailsTo, message } from '../support.ts';

incident('the quirk isDotApart writes the end mark in a flight of its own', async (segments) => {
  const { work, peer } = await converse({ segments }, mailsTo('a@x.test', 'b@x.test'), {
    quirks: { isDotApart: true },
  });
  expect(work.summary).toEqual(['a@x.test accepted', 'b@x.test accepted']);
  expect(peer.messages.every(({ content }) => content.equals(message()))).toBe(true);
});
