import { expect } from 'vitest';
import { converse, incident, ListWork, mailTo } from '../support.ts';

incident('a transaction without recipients is settled as final and empty', async (segments) => {
  const work = new ListWork([{ ...mailTo(), recipients: [] }, mailTo('a@x.test')]);
  await converse({ segments }, work);
  expect(work.log.map(({ result }) => [result.isFinal, result.recipients.length])).toEqual([
    [true, 0],
    [true, 1],
  ]);
});
