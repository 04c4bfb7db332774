import { expect } from 'vitest';
import { converse, incident, ListWork, mailTo, names } from '../support.ts';

incident(
  'a fence that leaves somebody out: the socket goes, the others are carried over',
  async (segments) => {
    class Partly extends ListWork {
      override fence() {
        return [0, 3];
      }
    }
    const { work, end, peer } = await converse({ segments }, new Partly([mailTo(...names(4))]));
    expect(work.summary.sort()).toEqual([
      'r1@x.test carried-over',
      'r2@x.test abandoned',
      'r3@x.test abandoned',
      'r4@x.test carried-over',
    ]);
    expect(end).toMatchObject({ reason: 'abandoned', canReopen: true });
    expect(peer.lines).not.toContain('.');
  },
);
