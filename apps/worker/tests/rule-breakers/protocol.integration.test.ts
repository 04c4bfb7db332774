/** Incidents of servers that break the protocol. Numbers are those of RULE_BREAKERS in packages/replies. */
import { learnFrom } from '@hikyaku/replies';
import { connectSession } from '@hikyaku/smtp/node';
import { startScriptedPeer } from '@hikyaku/testkit/scripted-peer';
import { describe, expect, test } from 'vitest';
import {
  DAY_MS,
  deliver,
  judged,
  judgedResult,
  NOW,
  optionsFor,
  people,
  profile,
} from './support.ts';

const SITE = 'example.com';

test('8: Postfix under stress answers RSET with 421: none is said without need', async () => {
  await using peer = await startScriptedPeer({
    manner: ({ verb }) => (verb === 'RSET' ? '421 4.7.0 too many errors' : undefined),
  });
  const { accepted } = await deliver(peer.port, people(5, SITE));
  expect(accepted).toHaveLength(5);
  expect(peer.lines).not.toContain('RSET');
  expect(peer.connections).toBe(1);
});

test('9: RSET refused: the session closes without penalty, and the next one carries the rest', async () => {
  await using peer = await startScriptedPeer({
    manner: ({ verb, line }) => {
      if (verb === 'RSET') return '500 5.5.1 not here';
      return line.includes('<dead') && verb === 'RCPT' ? '550 5.1.1 User unknown' : undefined;
    },
  });
  const { accepted, refused, ends } = await deliver(peer.port, [`dead@${SITE}`, `b@${SITE}`]);
  expect(refused.map(({ recipient }) => recipient)).toEqual([`dead@${SITE}`]);
  expect(accepted.map(({ recipient }) => recipient)).toEqual([`b@${SITE}`]);
  expect(ends[0]?.canReopen).toBe(true);
});

test('10: a PIX banner: HELO, one command at a time, and the dot written apart where the profile says so', async () => {
  await using peer = await startScriptedPeer({
    manner: ({ kind }) => (kind === 'greeting' ? '220 ********0*2******' : undefined),
  });
  const { accepted } = await deliver(peer.port, people(2, SITE), {
    profile: profile(SITE, [
      {
        field: 'isDotApart',
        value: true,
        mxHost: null,
        reason: 'A PIX in between loses a dot that comes with content.',
        atMs: NOW,
        expiresAtMs: NOW + DAY_MS,
      },
    ]),
  });
  expect(accepted).toHaveLength(2);
  expect(peer.lines[0]).toMatch(/^HELO /);
  // Each mail: MAIL, RCPT, DATA, content, dot; before and behind them HELO and QUIT.
  expect(peer.flights).toBeGreaterThanOrEqual(1 + 2 * 4 + 1);
});

test('11: a 5yz greeting is a host that cannot now: nobody bounces', async () => {
  await using peer = await startScriptedPeer({
    manner: ({ kind }) => (kind === 'greeting' ? '554 no SMTP service here' : undefined),
  });
  const opened = await connectSession(optionsFor(peer.port));
  expect(opened).toMatchObject({ ok: false, failure: { permanence: 'transient' } });
  const { verdict, category } = judged(SITE, 'greeting', 554, 'no SMTP service here');
  expect(category).toBe('server-temporary');
  expect(verdict).toMatchObject({ disposition: 'returned', countsAttempt: false });
});

describe('13: DATA is answered 250 instead of 354', () => {
  const manner = ({ verb }: { verb: string }) => (verb === 'DATA' ? '250 2.0.0 ok' : undefined);

  test('with nothing in the pipe the content follows', async () => {
    await using peer = await startScriptedPeer({ extensions: ['SIZE'], manner });
    expect((await deliver(peer.port, people(2, SITE))).accepted).toHaveLength(2);
  });

  test('behind a pipeline the replies have shifted: nothing is completed, nobody bounces', async () => {
    await using peer = await startScriptedPeer({ manner });
    const [recipient = ''] = people(1, SITE);
    const { accepted, of, ends } = await deliver(peer.port, [recipient], { isOneSession: true });
    expect(accepted).toEqual([]);
    expect(peer.messages).toEqual([]);
    expect(ends[0]?.isPipeliningSuspect).toBe(true);
    const { permanence, disposition } = of(recipient);
    expect(disposition).not.toBe('unknown');
    expect(permanence).toBe('transient');
  });
});

test('14: a reply without a code closes the session, and is tried again like 421', async () => {
  await using peer = await startScriptedPeer({
    manner: ({ verb }) => (verb === 'RCPT' ? 'IPTS04 temporarily deferred' : undefined),
  });
  const [recipient = ''] = people(1, 'yahoo.com');
  const { of, ends } = await deliver(peer.port, [recipient], { isOneSession: true });
  expect(of(recipient)).toMatchObject({ permanence: 'transient', reason: 'garbage-reply' });
  const { verdict } = judgedResult('yahoo.com', of(recipient));
  expect(verdict).toMatchObject({ disposition: 'deferred', endsSession: true });
  expect(ends[0]?.reason).toBe('protocol');
});

test('15: a connection dropped on too many RCPTs halves the cap, and then all go through', async () => {
  await using peer = await startScriptedPeer({
    manner: ({ verb, recipients }) =>
      verb === 'RCPT' && recipients.length >= 60 ? { after: 'reset' } : undefined,
  });
  const recipients = people(90, SITE);
  const before = profile(SITE);
  const dropped = await deliver(peer.port, recipients, {
    profile: before,
    perTransaction: 90,
    isOneSession: true,
  });
  expect(dropped.accepted).toEqual([]);
  for (const { permanence, disposition } of dropped.refused)
    expect([permanence, disposition]).toEqual(['transient', 'refused']);
  const learned = learnFrom({ kind: 'dropped-at-rcpt', written: 90 }, before, NOW);
  const after = profile(SITE, learned);
  expect(after.values.recipientsMax).toBe(45);
  expect(after.origins.recipientsMax).toMatchObject({ from: 'learned', atMs: NOW });
  const again = await deliver(peer.port, recipients, { profile: after, perTransaction: 90 });
  expect(again.accepted).toHaveLength(90);
});

describe('16: an extension is offered and breaks: it is off for a while', () => {
  const learnOff = (extension: string) =>
    learnFrom(
      { kind: 'extension-broken', extension, mxHost: '127.0.0.1', detail: 'broke in a test' },
      profile(SITE),
      NOW,
    );

  test('STARTTLS', async () => {
    await using peer = await startScriptedPeer({
      hasStartTls: true,
      manner: ({ verb }) =>
        verb === 'STARTTLS' ? { reply: '220 2.0.0 go', after: 'junk-tls' } : undefined,
    });
    const opened = await connectSession(
      optionsFor(peer.port, { connect: { tls: { mode: 'required' } } }),
    );
    expect(opened).toMatchObject({ ok: false, failure: { reason: 'tls-failed' } });
    const learned = learnOff('STARTTLS');
    const off = profile(SITE, learned);
    const connect = { tls: { mode: 'opportunistic' } } as const;
    const { accepted } = await deliver(peer.port, people(1, SITE), { profile: off, connect });
    expect(accepted).toHaveLength(1);
    expect(peer.lines.filter((line) => line === 'STARTTLS')).toHaveLength(1);
    expect(profile(SITE, learned, NOW + DAY_MS).quirks.isStartTlsOff).toBe(false);
  });

  test('PIPELINING', async () => {
    let flights = 0;
    // What comes in one piece with the command before it is answered with garbage.
    await using peer = await startScriptedPeer({
      manner: ({ kind }) => {
        const isPipelined = kind === 'command' && peer.flights === flights;
        flights = peer.flights;
        return isPipelined ? 'what?' : undefined;
      },
    });
    const first = await deliver(peer.port, people(1, SITE), { isOneSession: true });
    expect(first.accepted).toEqual([]);
    expect(first.ends[0]?.isPipeliningSuspect).toBe(true);
    const learned = learnOff('PIPELINING');
    const off = profile(SITE, learned);
    expect((await deliver(peer.port, people(3, SITE), { profile: off })).accepted).toHaveLength(3);
    expect(profile(SITE, learned, NOW + 7 * DAY_MS).quirks.isPipeliningOff).toBe(false);
  });

  test('SIZE', async () => {
    await using peer = await startScriptedPeer({
      manner: ({ line }) => (/SIZE=/.test(line) ? '501 5.5.4 SIZE what?' : undefined),
    });
    const before = await deliver(peer.port, people(1, SITE), { isOneSession: true });
    expect(before.accepted).toEqual([]);
    const learned = learnOff('SIZE');
    const off = profile(SITE, learned);
    expect(off.quirks.extensionsOff).toEqual(['SIZE']);
    expect((await deliver(peer.port, people(1, SITE), { profile: off })).accepted).toHaveLength(1);
    expect(profile(SITE, learned, NOW + 7 * DAY_MS).quirks.extensionsOff).toEqual([]);
  });
});

test('17: a server that says 421 and keeps talking is left anyway', async () => {
  await using peer = await startScriptedPeer({
    manner: ({ verb, nth, connection }) =>
      verb === 'RCPT' && nth === 2 && connection === 1 ? '421 4.3.2 closing' : undefined,
  });
  const recipients = people(3, SITE);
  const { of, ends } = await deliver(peer.port, recipients, { isOneSession: true });
  expect(ends[0]?.reason).toBe('refused');
  expect(of(recipients[0] as string).disposition).toBe('accepted');
  expect(judgedResult(SITE, of(recipients[1] as string)).verdict).toMatchObject({
    disposition: 'deferred',
    endsSession: true,
  });
  expect(peer.messages).toHaveLength(1);
});
