import { expect } from 'vitest';
import { converse, incident, mailsTo } from '../support.ts';
import { FencedWork } from './fenced-work.ts';

incident('the fence says no: the socket is destroyed, no dot is written', async (segments) => {
  const work = new FencedWork(mailsTo('a@x.test', 'b@x.test', 'c@x.test'), 'b@x.test');
  const { end, peer } = await converse({ segments }, work);
  expect(work.summary).toEqual(['a@x.test accepted', 'b@x.test abandoned']);
  expect(work.results[1]).toMatchObject({ reason: 'fence-refused', command: 'DATA' });
  expect(peer.lines.filter((line) => line === '.')).toHaveLength(1);
  expect(peer.lines.at(-1)).toBe('DATA');
  expect(peer.messages).toHaveLength(1);
  expect(end).toMatchObject({ reason: 'abandoned', canReopen: true });
});
