import { expect } from 'vitest';
import { converse, incident, mailTo } from '../support.ts';
import { atMessage } from './at-message.ts';

incident('the dot’s deadline runs apart from the others', async (segments) => {
  const { work } = await converse(
    { segments, manner: atMessage(1, { waitMs: 300 }) },
    [mailTo('a@x.test')],
    {
      timeouts: { mailMs: 100, rcptMs: 100, dataMs: 100, dotMs: 5_000 },
    },
  );
  expect(work.summary).toEqual(['a@x.test accepted']);
});
