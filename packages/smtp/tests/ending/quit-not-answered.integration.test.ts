import { expect } from 'vitest';
import { converse, incident, mailsTo } from '../support.ts';

incident('a QUIT that is not answered does not hold the session up', async (segments) => {
  const begun = performance.now();
  const { end, work } = await converse(
    { segments, manner: (event) => (event.verb === 'QUIT' ? { after: 'silence' } : undefined) },
    mailsTo('a@x.test'),
    { timeouts: { quitMs: 100 } },
  );
  expect(end.reason).toBe('quit');
  expect(work.summary).toEqual(['a@x.test accepted']);
  expect(performance.now() - begun).toBeLessThan(5_000);
});
