import { expect } from 'vitest';
import { converse, incident, isNth, mailsTo } from '../support.ts';

incident(
  'a line without a code ends the session, bounces nobody, and names pipelining as suspect',
  async (segments) => {
    const { work, end, peer } = await converse(
      { segments, manner: (event) => (isNth(event, 'MAIL') ? 'IPTS04 too busy' : undefined) },
      mailsTo('a@x.test', 'b@x.test'),
    );
    expect(work.results).toMatchObject([
      {
        disposition: 'refused',
        permanence: 'transient',
        scope: 'session',
        reason: 'garbage-reply',
      },
    ]);
    if (segments !== 'bytes') expect(end.failure?.detail).toContain('IPTS04 too busy');
    expect(end).toMatchObject({ reason: 'protocol', isPipeliningSuspect: true, canReopen: false });
    expect(peer.messages).toHaveLength(0);
  },
);
