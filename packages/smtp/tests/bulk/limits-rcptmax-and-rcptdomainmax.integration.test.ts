import { expect } from 'vitest';
import { converse, countsOf, incident, mailTo, names } from '../support.ts';

incident(
  'LIMITS RCPTMAX and RCPTDOMAINMAX are kept: what is over is carried over unsaid',
  async (segments) => {
    const { work, peer } = await converse(
      { segments, extensions: ['PIPELINING', 'LIMITS RCPTMAX=5 RCPTDOMAINMAX=2'] },
      [mailTo(...names(7)), mailTo('a@one.test', 'a@two.test', 'a@three.test', 'b@ONE.test')],
    );
    expect(countsOf(work)).toEqual({ accepted: 8, 'carried-over': 3 });
    expect(work.results.find(({ disposition }) => disposition === 'carried-over')?.reason).toBe(
      'over-recipient-limit',
    );
    expect(peer.messages.map(({ recipients }) => recipients.length)).toEqual([5, 3]);
    const ours = await converse({ segments }, [mailTo(...names(7))], {
      limits: { recipientsMax: 3 },
    });
    expect(countsOf(ours.work)).toEqual({ accepted: 3, 'carried-over': 4 });
  },
);
