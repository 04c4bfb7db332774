/**
 * Incidents of a session’s end: idle sockets that close, drains, deadlines at each stage.
 */
import { describe, expect, test } from 'vitest';
import type { Transaction } from '../src/index.ts';
import { converse, cuts, ListWork, mailsTo, open, startScriptedPeer } from './support.ts';

/** Sends its list, then keeps the session open until `answer` is called. */
class IdleWork extends ListWork {
  answer: (value: Transaction | 'quit') => void = () => {};
  isIdle = false;
  override next() {
    const next = super.next();
    if (next !== 'quit') return next;
    this.isIdle = true;
    return new Promise<Transaction | 'quit'>((resolve) => (this.answer = resolve));
  }
}

describe.each(cuts)('replies %s', (segments) => {
  test.each([
    ['421', '421 4.4.2 idle too long\r\n', false],
    ['EOF', '', false],
    ['a reset', '', true],
  ])('%s on an idle session ends it without penalty', async (_name, word, isReset) => {
    await using peer = await startScriptedPeer({ segments });
    const session = await open(peer.port);
    const work = new IdleWork(mailsTo('a@x.test'));
    const running = session.run(work);
    await expect.poll(() => work.log.length).toBe(1);
    peer.hangUp(word, isReset);
    expect(await running).toMatchObject({ reason: 'idle-closed', canReopen: true });
    // An envelope that comes too late is given back.
    work.answer(mailsTo('late@x.test')[0] as Transaction);
    await expect.poll(() => work.summary).toEqual(['a@x.test accepted', 'late@x.test abandoned']);
  });
});

test('an idle session takes up again when the work has more', async () => {
  await using peer = await startScriptedPeer();
  const session = await open(peer.port);
  const work = new IdleWork(mailsTo('a@x.test'));
  const running = session.run(work);
  await expect.poll(() => work.log.length).toBe(1);
  work.answer(mailsTo('b@x.test')[0] as Transaction);
  await expect.poll(() => work.log.length).toBe(2);
  work.answer('quit');
  expect(await running).toMatchObject({ reason: 'quit' });
  expect(peer.messages).toHaveLength(2);
});

test('the idle limit says QUIT', async () => {
  await using peer = await startScriptedPeer();
  const session = await open(peer.port, { idleMs: 100 });
  const end = await session.run(new IdleWork(mailsTo('a@x.test')));
  expect(end).toMatchObject({ reason: 'idle-closed', canReopen: true });
  await session.close();
  expect(peer.lines.at(-1)).toBe('QUIT');
});

test('close() finishes what is under way, settles it, and says QUIT', async () => {
  await using peer = await startScriptedPeer({
    manner: (event) => (event.kind === 'message' ? { waitMs: 50 } : undefined),
  });
  const session = await open(peer.port);
  const work = new ListWork(mailsTo('a@x.test', 'b@x.test', 'c@x.test', 'd@x.test'));
  const running = session.run(work);
  await expect.poll(() => peer.lines).toContain('.');
  await session.close();
  expect(await running).toMatchObject({ reason: 'drained' });
  // The first was on its way and the second's envelope had been said with it.
  expect(work.summary).toEqual(['a@x.test accepted', 'b@x.test accepted']);
  expect(peer.messages).toHaveLength(2);
  expect(peer.lines.at(-1)).toBe('QUIT');
});

test('close() without run() says QUIT', async () => {
  await using peer = await startScriptedPeer();
  const session = await open(peer.port);
  await session.close();
  await expect.poll(() => peer.lines).toEqual(['EHLO client.test', 'QUIT']);
});

test('a QUIT that is not answered does not hold the session up', async () => {
  const begun = performance.now();
  const { end, work } = await converse(
    { manner: (event) => (event.verb === 'QUIT' ? { after: 'silence' } : undefined) },
    mailsTo('a@x.test'),
    { timeouts: { quitMs: 100 } },
  );
  expect(end.reason).toBe('quit');
  expect(work.summary).toEqual(['a@x.test accepted']);
  expect(performance.now() - begun).toBeLessThan(5_000);
});

test.each([
  ['MAIL', { mailMs: 100 }, 'refused'],
  ['RCPT', { rcptMs: 100 }, 'refused'],
  ['DATA', { dataMs: 100 }, 'refused'],
  ['MESSAGE', { dotMs: 100 }, 'unknown'],
] as const)('a stall at %s ends at that stage’s deadline', async (verb, timeouts, disposition) => {
  const { end, work } = await converse(
    { manner: (event) => (event.verb === verb ? { after: 'silence' } : undefined) },
    mailsTo('a@x.test'),
    { timeouts },
  );
  const command = verb === 'MESSAGE' ? 'DOT' : verb;
  expect(end).toMatchObject({ reason: 'lost', failure: { reason: 'timeout', command } });
  expect(work.results).toMatchObject([{ disposition, command }]);
});

test('a peer that stops reading in mid-content ends at the block deadline, certainly not accepted', async () => {
  const large = Buffer.from(`Subject: x\r\n\r\n${`${'z'.repeat(70)}\r\n`.repeat(400_000)}`);
  const { end, work } = await converse(
    {
      manner: (event) =>
        event.verb === 'DATA' ? { reply: '354 go', after: 'stop-reading' } : undefined,
    },
    [{ ...(mailsTo('a@x.test')[0] as Transaction), content: () => large }],
    { timeouts: { blockMs: 300 } },
  );
  expect(work.results).toMatchObject([
    { disposition: 'refused', command: 'CONTENT', reason: 'timeout', permanence: 'transient' },
  ]);
  expect(end.reason).toBe('lost');
});

test.each(['close', 'reset'] as const)(
  '552 in mid-content, then %s: the reply is read before the loss counts',
  async (then) => {
    const large = Buffer.from(`Subject: x\r\n\r\n${`${'z'.repeat(70)}\r\n`.repeat(400_000)}`);
    const { work } = await converse(
      {
        manner: (event) =>
          event.verb === 'DATA'
            ? {
                reply: '354 go',
                interrupt: {
                  afterBytes: 1_000_000,
                  reply: '552 5.3.4 too big for me',
                  after: then,
                },
              }
            : undefined,
      },
      [{ ...(mailsTo('a@x.test')[0] as Transaction), content: () => large }],
    );
    expect(work.results).toMatchObject([
      { disposition: 'refused', command: 'CONTENT', permanence: 'permanent', reply: { code: 552 } },
    ]);
  },
);
