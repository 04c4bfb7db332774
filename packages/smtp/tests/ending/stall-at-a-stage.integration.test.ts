import { expect } from 'vitest';
import { converse, incident, mailsTo } from '../support.ts';

for (const [verb, timeouts, disposition] of [
  ['MAIL', { mailMs: 100 }, 'refused'],
  ['RCPT', { rcptMs: 100 }, 'refused'],
  ['DATA', { dataMs: 100 }, 'refused'],
  ['MESSAGE', { dotMs: 100 }, 'unknown'],
] as const)
  incident(`a stall at ${verb} ends at that stage’s deadline`, async (segments) => {
    const { end, work } = await converse(
      { segments, manner: (event) => (event.verb === verb ? { after: 'silence' } : undefined) },
      mailsTo('a@x.test'),
      { timeouts },
    );
    const command = verb === 'MESSAGE' ? 'DOT' : verb;
    expect(end).toMatchObject({ reason: 'lost', failure: { reason: 'timeout', command } });
    expect(work.results).toMatchObject([{ disposition, command }]);
  });
