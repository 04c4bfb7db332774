/**
 * Incidents of the dot: only a 2yz other than 220 and 221 is acceptance, only a 4yz or 5yz is refusal, all else is unknown.
 */

import type { PeerAnswer } from '@hikyaku/testkit/scripted-peer';
import { describe, expect, test } from 'vitest';
import { converse, cuts, mailsTo, mailTo, message } from './support.ts';

const atMessage = (nth: number, answer: PeerAnswer) => (event: { kind: string; nth: number }) =>
  event.kind === 'message' && event.nth === nth ? answer : undefined;

describe.each(cuts)('replies %s', (segments) => {
  test.each<[string, PeerAnswer]>([
    ['EOF', { after: 'close' }],
    ['reset', { after: 'reset' }],
    ['garbage', 'well, maybe'],
    ['221', '221 2.0.0 closing'],
    ['354', '354 go ahead'],
    ['part of a reply and EOF', { reply: Buffer.from('250 2.0.0 tak'), after: 'close' }],
    ['silence', { after: 'silence' }],
  ])(
    '%s after the dot is unknown, and what stood behind it is given back',
    async (_name, answer) => {
      const { work, end } = await converse(
        { segments, manner: atMessage(2, answer) },
        mailsTo('a@x.test', 'b@x.test', 'c@x.test'),
        { timeouts: { dotMs: 300 } },
      );
      expect(work.summary).toEqual(['a@x.test accepted', 'b@x.test unknown', 'c@x.test abandoned']);
      expect(work.results[1]).toMatchObject({ command: 'DOT', permanence: 'unknown' });
      expect(end.reason).toMatch(/^(lost|protocol)$/);
    },
  );

  test('451 after the dot defers the recipient and keeps the session', async () => {
    const { work, end } = await converse(
      { segments, manner: atMessage(1, '451 4.3.0 try later') },
      mailsTo('a@x.test', 'b@x.test'),
    );
    expect(work.results).toMatchObject([
      { disposition: 'refused', command: 'DOT', scope: 'message', permanence: 'transient' },
      { disposition: 'accepted' },
    ]);
    expect(end.reason).toBe('quit');
  });

  test('550 after the dot is a known refusal', async () => {
    const { work } = await converse(
      { segments, manner: atMessage(1, '550 Unknown user a') },
      mailsTo('a@x.test', 'b@x.test'),
    );
    expect(work.results).toMatchObject([
      { disposition: 'refused', command: 'DOT', permanence: 'permanent', reply: { code: 550 } },
      { disposition: 'accepted' },
    ]);
  });

  test('421 after the dot is a known refusal that ends the session, also if the server talks on', async () => {
    const { work, end, peer } = await converse(
      { segments, manner: atMessage(1, '421 4.3.2 shutting down') },
      mailsTo('a@x.test', 'b@x.test'),
    );
    expect(work.results).toMatchObject([
      { disposition: 'refused', command: 'DOT', scope: 'session', permanence: 'transient' },
      { disposition: 'abandoned', reply: { code: 421 } },
    ]);
    expect(end).toMatchObject({ reason: 'refused', failure: { command: 'DOT' } });
    expect(peer.messages).toHaveLength(0);
  });

  test('behind the last message that a limit allows comes QUIT, never MAIL', async () => {
    const ours = await converse({ segments }, mailsTo('a@x.test', 'b@x.test', 'c@x.test'), {
      limits: { transactionsMax: 2 },
    });
    const theirs = await converse(
      { segments, extensions: ['PIPELINING', 'LIMITS MAILMAX=2'] },
      mailsTo('a@x.test', 'b@x.test', 'c@x.test'),
    );
    for (const { work, peer, end } of [ours, theirs]) {
      expect(work.summary).toEqual(['a@x.test accepted', 'b@x.test accepted']);
      expect(peer.lines.slice(-2)).toEqual(['.', 'QUIT']);
      expect(peer.flights).toBe(2 + 2);
      expect(end).toMatchObject({ reason: 'limit', canReopen: true });
    }
  });

  test('a server that closes after its limit without a word is no failure', async () => {
    const { work, end } = await converse(
      { segments, manner: atMessage(3, { reply: '250 2.0.0 taken', after: 'close' }) },
      mailsTo('a@x.test', 'b@x.test', 'c@x.test', 'd@x.test'),
    );
    expect(work.summary).toEqual([
      'a@x.test accepted',
      'b@x.test accepted',
      'c@x.test accepted',
      'd@x.test abandoned',
    ]);
    expect(end).toMatchObject({ reason: 'idle-closed', canReopen: true });
  });

  test('after the age limit QUIT follows the message', async () => {
    const { work, end } = await converse(
      {
        segments,
        manner: (event) => (event.kind === 'message' ? { waitMs: 60 } : undefined),
      },
      mailsTo('a@x.test', 'b@x.test', 'c@x.test'),
      { limits: { ageMs: 50 } },
    );
    expect(work.summary.length).toBeLessThan(3);
    expect(end.reason).toBe('limit');
  });
});

test('the dot’s deadline runs apart from the others', async () => {
  const { work } = await converse({ manner: atMessage(1, { waitMs: 300 }) }, [mailTo('a@x.test')], {
    timeouts: { mailMs: 100, rcptMs: 100, dataMs: 100, dotMs: 5_000 },
  });
  expect(work.summary).toEqual(['a@x.test accepted']);
});

test('content with a reply to the dot only when it is complete: sizes around the slices', async () => {
  for (const size of [0, 1, 65_536, 262_144, 262_145, 2_000_000]) {
    const line = `${'y'.repeat(76)}\r\n`;
    const text = `Subject: x\r\n\r\n${line.repeat(Math.ceil(size / line.length))}`;
    const { work, peer } = await converse({}, [
      { ...mailTo('a@x.test'), content: () => message(text) },
      mailTo('b@x.test'),
    ]);
    expect(work.summary).toEqual(['a@x.test accepted', 'b@x.test accepted']);
    expect(peer.messages[0]?.content.toString()).toBe(text);
    expect(work.log[0]?.result.bytes).toBe(text.length);
  }
});
