import { expect } from 'vitest';
import { converse, countsOf, incident, mailTo, names } from '../support.ts';

incident(
  'MAIL, all RCPTs and DATA make one flight, and the next envelope goes with the dot',
  async (segments) => {
    const { work, peer } = await converse({ segments }, [
      mailTo(...names(50)),
      mailTo(...names(50, 'y.test')),
    ]);
    expect(countsOf(work)).toEqual({ accepted: 100 });
    expect(peer.messages.map(({ recipients }) => recipients.length)).toEqual([50, 50]);
    expect(peer.flights).toBe(4);
  },
);
