/**
 * Bulk: one transaction, many recipients. Refused ones are settled at once, those over a cap are carried over.
 */
import { describe, expect, test } from 'vitest';
import type { Transaction } from '../src/index.ts';
import { CarryingWork, converse, cuts, ListWork, mailTo, type PeerEvent } from './support.ts';

const names = (count: number, domain = 'x.test') =>
  Array.from({ length: count }, (_, i) => `r${i + 1}@${domain}`);

const counted = (work: ListWork) => {
  const counts: Record<string, number> = {};
  for (const { disposition } of work.results) counts[disposition] = (counts[disposition] ?? 0) + 1;
  return counts;
};

const isRcpt = (event: PeerEvent) => event.verb === 'RCPT';

describe.each(cuts)('replies %s', (segments) => {
  test('MAIL, all RCPTs and DATA make one flight, and the next envelope goes with the dot', async () => {
    const { work, peer } = await converse({ segments }, [
      mailTo(...names(50)),
      mailTo(...names(50, 'y.test')),
    ]);
    expect(counted(work)).toEqual({ accepted: 100 });
    expect(peer.messages.map(({ recipients }) => recipients.length)).toEqual([50, 50]);
    expect(peer.flights).toBe(4);
  });

  test('refused recipients are settled before the content is sent, the others take the verdict of the dot', async () => {
    const linesAtSettle: number[] = [];
    let dots = () => 0;
    class Watching extends ListWork {
      override settle(...args: Parameters<ListWork['settle']>) {
        super.settle(...args);
        linesAtSettle.push(dots());
      }
    }
    const work = new Watching([mailTo(...names(4))]);
    let seen = 0;
    dots = () => seen;
    await converse(
      {
        segments,
        manner: (event) => {
          if (event.kind === 'message') seen += 1;
          if (event.line.includes('r2@')) return '550 5.1.1 unknown user';
          if (event.line.includes('r3@')) return '450 4.2.0 greylisted';
          return undefined;
        },
      },
      work,
    );
    expect(work.log.map(({ result }) => result.isFinal)).toEqual([false, true]);
    expect(linesAtSettle).toEqual([0, 1]);
    expect(work.log[0]?.result.recipients).toMatchObject([
      { recipient: 'r2@x.test', disposition: 'refused', permanence: 'permanent', index: 1 },
      // Any 4yz after an acceptance may mean "not in this transaction".
      { recipient: 'r3@x.test', disposition: 'carried-over', permanence: 'transient', index: 2 },
    ]);
    expect(work.log[1]?.result.recipients).toMatchObject([
      { recipient: 'r1@x.test', disposition: 'accepted', command: 'DOT' },
      { recipient: 'r4@x.test', disposition: 'accepted', command: 'DOT' },
    ]);
  });

  test.each(['452 4.5.3 too many recipients', '552 too many recipients', '451 no more'])(
    'over the cap the server answers %s: the rest is carried over, and goes first next time',
    async (reply) => {
      const work = new CarryingWork([mailTo(...names(25))]);
      const { peer } = await converse(
        {
          segments,
          manner: (event) => (isRcpt(event) && event.recipients.length >= 10 ? reply : undefined),
        },
        work,
      );
      const { accepted = 0, refused = 0 } = counted(work);
      if (reply.startsWith('452')) {
        expect([accepted, refused, work.transactions]).toEqual([25, 0, 3]);
        expect(peer.messages.map(({ recipients }) => recipients.length)).toEqual([10, 10, 5]);
      } else if (reply.startsWith('552')) expect([accepted, refused]).toEqual([25, 0]);
      // Without a word of a cap it is carried over once only.
      else expect([accepted, refused, work.transactions]).toEqual([20, 5, 2]);
    },
  );

  test('452 to the first recipient is no cap', async () => {
    const { work } = await converse(
      { segments, manner: (event) => (isRcpt(event) ? '452 4.3.1 no storage' : undefined) },
      [mailTo(...names(3))],
    );
    expect(counted(work)).toEqual({ refused: 3 });
    expect(work.results.every(({ permanence }) => permanence === 'transient')).toBe(true);
  });

  test.each(['552 5.2.2 user is over quota', '552 Too much mail data', '552 mailbox full'])(
    '%s is a full mailbox, not a cap',
    async (reply) => {
      const { work } = await converse(
        { segments, manner: (event) => (event.line.includes('r2@') ? reply : undefined) },
        [mailTo(...names(3))],
      );
      expect(counted(work)).toEqual({ accepted: 2, refused: 1 });
    },
  );

  test('421 to a RCPT defers all that are not settled and ends the session', async () => {
    const { work, end, peer } = await converse(
      {
        segments,
        manner: (event) => {
          if (event.line.includes('r1@')) return '550 5.1.1 unknown user';
          return event.line.includes('r4@') ? '421 4.7.0 too many connections' : undefined;
        },
      },
      [mailTo(...names(6)), mailTo('later@x.test')],
    );
    expect(work.results).toMatchObject([
      { recipient: 'r1@x.test', disposition: 'refused', permanence: 'permanent' },
      ...[2, 3, 4, 5, 6].map((i) => ({
        recipient: `r${i}@x.test`,
        disposition: 'refused',
        scope: 'session',
        permanence: 'transient',
        reply: { code: 421 },
      })),
    ]);
    expect(end.reason).toBe('refused');
    expect(peer.messages).toHaveLength(0);
  });

  test('a lost dot makes only the accepted unknown', async () => {
    const { work } = await converse(
      {
        segments,
        manner: (event) => {
          if (event.kind === 'message') return { after: 'close' };
          return event.line.includes('r2@') ? '550 5.1.1 unknown user' : undefined;
        },
      },
      [mailTo(...names(3))],
    );
    expect(work.summary).toEqual(['r2@x.test refused', 'r1@x.test unknown', 'r3@x.test unknown']);
  });

  test('the fence is asked for the accepted only, after the replies to RCPT', async () => {
    const asked: (readonly number[])[] = [];
    class Fencing extends ListWork {
      override fence(_: Transaction, accepted: readonly number[]) {
        asked.push(accepted);
        return true;
      }
    }
    await converse(
      { segments, manner: (event) => (event.line.includes('r2@') ? '550 5.1.1 no' : undefined) },
      new Fencing([mailTo(...names(4)), mailTo('r2@x.test', 'r2@y.test'), mailTo('r1@x.test')]),
    );
    // Nobody was accepted in the second, so it is not fenced; with one recipient it is asked on trust.
    expect(asked).toEqual([[0, 2, 3], [0]]);
  });

  test('a fence that leaves somebody out: the socket goes, the others are carried over', async () => {
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
  });

  test('nobody accepted: RSET travels with the next envelope', async () => {
    const { work, peer } = await converse(
      {
        segments,
        manner: (event) =>
          event.line.includes('r') && isRcpt(event) && event.line.includes('@dead')
            ? '550 5.1.1 no'
            : undefined,
      },
      [mailTo(...names(3, 'dead.test')), mailTo('a@x.test')],
    );
    expect(counted(work)).toEqual({ refused: 3, accepted: 1 });
    expect(peer.flights).toBe(2 + 2);
  });

  test('without pipelining the same, one command at a time', async () => {
    const work = new CarryingWork([mailTo(...names(12))]);
    await converse(
      {
        segments,
        extensions: [],
        manner: (event) =>
          isRcpt(event) && event.recipients.length >= 5 ? '452 4.5.3 too many' : undefined,
      },
      work,
    );
    expect(counted(work).accepted).toBe(12);
  });
});

test('LIMITS RCPTMAX and RCPTDOMAINMAX are kept: what is over is carried over unsaid', async () => {
  const { work, peer } = await converse(
    { extensions: ['PIPELINING', 'LIMITS RCPTMAX=5 RCPTDOMAINMAX=2'] },
    [mailTo(...names(7)), mailTo('a@one.test', 'a@two.test', 'a@three.test', 'b@ONE.test')],
  );
  expect(counted(work)).toEqual({ accepted: 8, 'carried-over': 3 });
  expect(work.results.find(({ disposition }) => disposition === 'carried-over')?.reason).toBe(
    'over-recipient-limit',
  );
  expect(peer.messages.map(({ recipients }) => recipients.length)).toEqual([5, 3]);
  const ours = await converse({}, [mailTo(...names(7))], { limits: { recipientsMax: 3 } });
  expect(counted(ours.work)).toEqual({ accepted: 3, 'carried-over': 4 });
});

test('docomo: over 100 recipients 554, cut, and earlier recipients dropped: nobody is called accepted', async () => {
  const { work, peer } = await converse(
    {
      manner: (event) =>
        isRcpt(event) && event.nth > 100
          ? { reply: '554 Transaction failed', after: 'close' }
          : undefined,
    },
    [mailTo(...names(120))],
  );
  expect(counted(work).accepted).toBeUndefined();
  expect(work.results).toHaveLength(120);
  expect(peer.messages).toHaveLength(0);
});

test('5,000 recipients: neither side blocks the other, and every one is answered', async () => {
  const { work, peer } = await converse(
    {
      manner: (event) =>
        event.verb === 'RCPT' && event.nth % 7 === 0 ? '550 5.1.1 no' : undefined,
    },
    [mailTo(...names(5_000))],
  );
  expect(counted(work)).toEqual({ accepted: 5_000 - 714, refused: 714 });
  expect(peer.messages[0]?.recipients).toHaveLength(5_000 - 714);
});
