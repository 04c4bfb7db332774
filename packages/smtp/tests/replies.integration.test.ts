/**
 * Incidents of the reply stream: odd forms that must be read, and nonsense that must never be taken for an answer.
 */
import { describe, expect, test } from 'vitest';
import {
  converse,
  cuts,
  ListWork,
  mailsTo,
  open,
  type PeerEvent,
  startScriptedPeer,
} from './support.ts';

const isMail = (event: PeerEvent, nth = 1) => event.verb === 'MAIL' && event.nth === nth;
const isRcpt = (event: PeerEvent, nth = 1) => event.verb === 'RCPT' && event.nth === nth;

describe.each(cuts)('replies %s', (segments) => {
  test('bare codes, bare LF and continuation lines are read', async () => {
    const { work, peer } = await converse(
      {
        segments,
        manner: (event) => {
          if (event.kind === 'greeting') return Buffer.from('220-one\n220-\n220\n');
          if (event.verb === 'MAIL') return Buffer.from('250\r\n');
          if (event.verb === 'RCPT') return Buffer.from('250-\r\n250-two\n250\n');
          if (event.kind === 'message') return Buffer.from('250-2.0.0 one\r\n250 2.0.0 two\r\n');
        },
      },
      mailsTo('a@x.test', 'b@x.test'),
    );
    expect(work.summary).toEqual(['a@x.test accepted', 'b@x.test accepted']);
    expect(work.results[0]?.reply).toMatchObject({ code: 250, text: '2.0.0 one\n2.0.0 two' });
    expect(peer.flights).toBe(4);
  });

  test('of a multi-line reply the last code decides, and all lines are kept', async () => {
    const { work } = await converse(
      {
        segments,
        manner: (event) =>
          isRcpt(event) ? Buffer.from('250-fine\r\n550-5.1.1 no\r\n550 such user\r\n') : undefined,
      },
      mailsTo('a@x.test', 'b@x.test'),
    );
    expect(work.summary).toEqual(['a@x.test refused', 'b@x.test accepted']);
    expect(work.results[0]?.reply?.lines).toEqual(['fine', '5.1.1 no', 'such user']);
    expect(work.results[0]?.reply?.enhanced).toBe('5.1.1');
  });

  test('Shift_JIS, ISO-2022-JP and Latin-1 texts are decoded and never throw', async () => {
    const texts = [
      Buffer.from([0x94, 0x7a, 0x91, 0x97]), // 配送 in Shift_JIS
      Buffer.from('\x1b$BG[Aw\x1b(B', 'latin1'), // 配送 in ISO-2022-JP
      Buffer.from([0x72, 0xfd, 0xff]),
      Buffer.from([0x61, 0x00, 0x07, 0x62]),
    ];
    const { work } = await converse(
      {
        segments,
        manner: (event) =>
          event.verb === 'RCPT'
            ? Buffer.concat([
                Buffer.from('550 '),
                texts[event.nth - 1] as Buffer,
                Buffer.from('\r\n'),
              ])
            : undefined,
      },
      mailsTo('a@x.test', 'b@x.test', 'c@x.test', 'd@x.test'),
    );
    expect(work.results.map(({ reply }) => reply?.text)).toEqual(['配送', '配送', 'rýÿ', 'a  b']);
  });

  test('a line without a code ends the session, bounces nobody, and names pipelining as suspect', async () => {
    const { work, end, peer } = await converse(
      { segments, manner: (event) => (isMail(event) ? 'IPTS04 too busy' : undefined) },
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
  });

  test('garbage behind another message gives the waiting envelope back', async () => {
    const { work, peer } = await converse(
      { segments, manner: (event) => (isMail(event, 2) ? 'what?' : undefined) },
      mailsTo('a@x.test', 'b@x.test', 'c@x.test'),
    );
    expect(work.summary).toEqual(['a@x.test accepted', 'b@x.test abandoned']);
    expect(peer.messages).toHaveLength(1);
  });

  test('354 to RCPT, 250 to DATA or 221 to MAIL mean that replies have shifted: nothing is completed', async () => {
    const shifted: ((event: PeerEvent) => string | undefined)[] = [
      (event) => (event.verb === 'RCPT' ? '354 go ahead' : undefined),
      (event) => (event.verb === 'DATA' ? '250 ok' : undefined),
      (event) => (event.verb === 'MAIL' ? '221 bye' : undefined),
    ];
    for (const manner of shifted) {
      const { work, end, peer } = await converse({ segments, manner }, mailsTo('a@x.test'));
      expect(work.results).toMatchObject([{ disposition: 'refused', permanence: 'transient' }]);
      expect(end).toMatchObject({ reason: 'protocol', isPipeliningSuspect: true });
      expect(peer.messages).toHaveLength(0);
      expect(peer.lines).not.toContain('.');
    }
  });

  test('without pipelining, 250 to DATA is taken for 354', async () => {
    const { work } = await converse(
      {
        segments,
        extensions: [],
        manner: (event) => (event.verb === 'DATA' ? '250 ok' : undefined),
      },
      mailsTo('a@x.test'),
    );
    expect(work.summary).toEqual(['a@x.test accepted']);
  });
});

test('a reply line of 10 MB without an end is cut, and ends the session', async () => {
  const { work, end } = await converse(
    {
      manner: (event) =>
        event.verb === 'MAIL' ? Buffer.from(`250 ${'x'.repeat(10_000_000)}`) : undefined,
    },
    mailsTo('a@x.test'),
  );
  expect(work.results).toMatchObject([{ disposition: 'refused', reason: 'reply-flood' }]);
  expect(end.reason).toBe('protocol');
});

test('a long reply line is cut and its code kept', async () => {
  const { work } = await converse(
    { manner: (event) => (isRcpt(event) ? `550 5.1.1 ${'x'.repeat(5_000)}` : undefined) },
    mailsTo('a@x.test', 'b@x.test'),
  );
  expect(work.summary).toEqual(['a@x.test refused', 'b@x.test accepted']);
  expect(work.results[0]?.reply).toMatchObject({ code: 550, isCut: true });
  expect(work.results[0]?.reply?.text).toHaveLength(2_048);
});

test('endless continuation lines end the session', async () => {
  const { end } = await converse(
    {
      manner: (event) => (isMail(event) ? Buffer.from('250-more\r\n'.repeat(20_000)) : undefined),
    },
    mailsTo('a@x.test'),
  );
  expect(end).toMatchObject({ reason: 'protocol', failure: { reason: 'reply-flood' } });
});

test('one byte a moment does not move the deadline: it covers a whole reply', async () => {
  await using peer = await startScriptedPeer({
    manner: (event) =>
      isMail(event) ? { reply: Buffer.from('250 slow'), after: 'silence' } : undefined,
  });
  const session = await open(peer.port, { timeouts: { mailMs: 300 } });
  const timer = setInterval(() => peer.lines.length > 1 && peer.drip('w'), 20);
  const begun = performance.now();
  const work = new ListWork(mailsTo('a@x.test'));
  const end = await session.run(work);
  clearInterval(timer);
  expect(end).toMatchObject({ reason: 'lost', failure: { reason: 'timeout', command: 'MAIL' } });
  expect(performance.now() - begun).toBeLessThan(5_000);
  expect(work.results).toMatchObject([{ disposition: 'refused', permanence: 'transient' }]);
});

test('a reply that nothing asked for, while the fence is awaited, is not taken for the dot’s', async () => {
  class SlowFence extends ListWork {
    override async fence() {
      await new Promise((resolve) => setTimeout(resolve, 100));
      return true;
    }
  }
  const { work, end, peer } = await converse(
    {
      manner: (event) =>
        event.verb === 'DATA' ? Buffer.from('354 go\r\n250 2.0.0 taken already\r\n') : undefined,
    },
    new SlowFence(mailsTo('a@x.test')),
  );
  expect(work.summary).toEqual(['a@x.test abandoned']);
  expect(end).toMatchObject({ reason: 'protocol', failure: { reason: 'unexpected-reply' } });
  expect(peer.messages).toHaveLength(0);
});
