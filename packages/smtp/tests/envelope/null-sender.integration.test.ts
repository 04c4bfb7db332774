import { expect } from 'vitest';
import { converse, incident, mailTo } from '../support.ts';

incident('the null sender is said as <>', async (segments) => {
  const { peer } = await converse({ segments }, [{ ...mailTo('a@x.test'), mailFrom: '' }]);
  expect(peer.lines).toContain('MAIL FROM:<>');
});
