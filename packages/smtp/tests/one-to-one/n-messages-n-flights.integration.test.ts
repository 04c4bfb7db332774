import { expect } from 'vitest';
import { converse, incident, mailsTo, message, names } from '../support.ts';

incident(
  'n messages on a pipelined session cost n + 2 flights, counted by the peer',
  async (segments) => {
    const { work, peer, end } = await converse({ segments }, mailsTo(...names(10)));
    expect(work.summary).toEqual(names(10).map((name) => `${name} accepted`));
    expect(peer.messages.map(({ recipients }) => recipients)).toEqual(
      names(10).map((name) => [name]),
    );
    expect(peer.messages.every(({ content }) => content.equals(message()))).toBe(true);
    expect(peer.flights).toBe(12);
    expect(end).toMatchObject({ reason: 'quit', canReopen: true });
    expect(end.counts).toMatchObject({ transactions: 10, completed: 10, roundTrips: 12 });
    expect(peer.lines.at(-1)).toBe('QUIT');
    expect(peer.lines).not.toContain('RSET');
  },
);
