/** Incidents of destinations that have habits: the carriers and Yahoo. Numbers are those of RULE_BREAKERS in packages/replies. */
import { normaliseAddress } from '@hikyaku/audience';
import { DESTINATION_SIZE_LIMITS } from '@hikyaku/campaigns';
import { judge } from '@hikyaku/delivery';
import {
  afterCongestion,
  connectFailureOf,
  listPaceOf,
  profileOf,
  SEEDED_PROFILES,
} from '@hikyaku/replies';
import { connectSession } from '@hikyaku/smtp/node';
import { startReceiverProcess } from '@hikyaku/testkit/receiver-process';
import { type PeerManner, startScriptedPeer } from '@hikyaku/testkit/scripted-peer';
import { describe, expect, test } from 'vitest';
import { deliver, judged, judgedResult, NOW, optionsFor, people, profile } from './support.ts';

describe('1: Yahoo closes after 20 messages without a code', () => {
  const manner: PeerManner = (event) =>
    event.kind === 'message' && event.messages === 19
      ? { reply: '250 2.0.0 ok', after: 'close' }
      : undefined;

  test('with the profile the session ends by itself after the 20th, and nothing is given back', async () => {
    await using peer = await startScriptedPeer({ manner });
    const yahoo = profile('yahoo.com');
    const first = await deliver(peer.port, people(25, 'yahoo.com'), {
      profile: yahoo,
      isOneSession: true,
    });
    expect(first.accepted).toHaveLength(20);
    expect(first.abandoned).toEqual([]);
    expect(first.ends[0]).toMatchObject({ reason: 'limit', canReopen: true });
  });

  test('without it the close is no failure: what was given back goes through in the next session', async () => {
    await using peer = await startScriptedPeer({ manner });
    const { accepted, refused, ends } = await deliver(peer.port, people(25, 'yahoo.com'));
    expect(accepted).toHaveLength(25);
    expect(refused).toEqual([]);
    expect(ends[0]?.canReopen).toBe(true);
    expect(peer.messages).toHaveLength(25);
  });
});

describe('2: over 100 RCPTs docomo cuts the session and drops earlier recipients', () => {
  const startDocomo = () =>
    startReceiverProcess({
      config: {
        destinations: [
          {
            name: 'docomo',
            domains: ['docomo.ne.jp'],
            manners: {
              recipientsMaxPerTransaction: 100,
              overRecipients: 'cut',
              texts: { overRecipients: '554 Transaction failed' },
            },
          },
        ],
      },
    });

  test('with the profile all 150 are accepted, 100 at most at a time', async () => {
    const receiver = await startDocomo();
    try {
      const { accepted } = await deliver(
        receiver.ports.docomo as number,
        people(150, 'docomo.ne.jp'),
        { profile: profile('docomo.ne.jp'), perTransaction: 150 },
      );
      expect(accepted).toHaveLength(150);
      expect(receiver.accepted()).toHaveLength(150);
      expect(receiver.journal().filter(({ event }) => event === 'refused')).toEqual([]);
    } finally {
      await receiver.stop();
    }
  });

  test('without it nobody is called accepted, and nobody is to be cleaned', async () => {
    const receiver = await startDocomo();
    try {
      const { accepted } = await deliver(
        receiver.ports.docomo as number,
        people(101, 'docomo.ne.jp'),
        { perTransaction: 101, isOneSession: true },
      );
      expect(accepted).toEqual([]);
      expect(receiver.accepted()).toEqual([]);
      expect(judged('docomo.ne.jp', 'rcpt', 554, 'Transaction failed')).toMatchObject({
        category: 'recipient-limit',
        action: 'lower-recipient-limit',
      });
    } finally {
      await receiver.stop();
    }
  });

  test('the cap is never probed upward', () => {
    for (const site of ['docomo.ne.jp', 'au.com', 'softbank.ne.jp'])
      expect(profile(site).values).toMatchObject({
        recipientsMax: 100,
        isRecipientProbeAllowed: false,
      });
  });
});

test.each([
  ['docomo.ne.jp', '550 Unknown user r1@docomo.ne.jp', '550 Unknown user r1@docomo.ne.jp'],
  ['ezweb.ne.jp', '550 <r1@ezweb.ne.jp>: User unknown', '550 : User unknown'],
])('3: at %s "%s" cleans at RCPT, and never after the dot', async (site, atRcpt, atDot) => {
  await using dead = await startScriptedPeer({
    manner: (event) => (event.verb === 'RCPT' ? atRcpt : undefined),
  });
  await using filter = await startScriptedPeer({
    manner: (event) => (event.kind === 'message' ? atDot : undefined),
  });
  const [recipient = ''] = people(1, site);
  const first = await deliver(dead.port, [recipient]);
  expect(judgedResult(site, first.of(recipient))).toMatchObject({
    category: 'unknown-user',
    action: 'clean-candidate',
  });
  const second = await deliver(filter.port, [recipient]);
  expect(judgedResult(site, second.of(recipient))).toMatchObject({
    category: 'recipient-filter',
    action: 'bounce',
  });
});

test('4: au resets TCP at connect: fewer sessions, nobody bounces, the host is not dead', async () => {
  await using peer = await startScriptedPeer({ manner: () => ({ after: 'reset' }) });
  const opened = await connectSession(optionsFor(peer.port));
  if (opened.ok) throw new Error('It opened.');
  expect(opened.failure.systemCode).toBe('ECONNRESET');
  const au = profile('au.com');
  const busy = connectFailureOf(au, opened.failure.systemCode ?? null);
  if (busy === null) throw new Error('It was taken for a dead host.');
  expect(au.origins.isConnectResetBusy.from).toBe('seeded');
  const verdict = judge({
    phase: 'connect',
    ...busy,
    scope: 'site',
    permanence: 'transient',
    isRcptWritten: false,
  });
  expect(verdict).toMatchObject({ disposition: 'returned', countsAttempt: false });
  expect(verdict.effects).toEqual(['lower-concurrency']);
});

test('5: au and SoftBank say 250 and may discard: accepted, and the profile says what that is worth', async () => {
  await using peer = await startScriptedPeer({
    manner: (event) => (event.kind === 'message' ? '250 2.0.0 ok' : undefined),
  });
  for (const site of ['au.com', 'softbank.ne.jp']) {
    const [recipient = ''] = people(1, site);
    const { of } = await deliver(peer.port, [recipient]);
    expect(of(recipient).disposition).toBe('accepted');
    expect(judged(site, 'dot', 250, '2.0.0 ok').category).toBe('accepted');
    expect(profile(site).values.isAcceptanceSilent).toBe(true);
  }
});

test('6: a list with many unknown users is stopped before the carrier blocks its good addresses', async () => {
  let unknown = 0;
  await using peer = await startScriptedPeer({
    manner: ({ verb, line }) => {
      if (verb !== 'RCPT') return undefined;
      if (line.includes('<dead')) unknown += 1;
      // From the 15th on this carrier calls everybody unknown.
      return line.includes('<dead') || unknown >= 15 ? '550 Unknown user' : undefined;
    },
  });
  const docomo = profile('docomo.ne.jp');
  const list = Array.from({ length: 100 }, (_, at) => (at % 3 === 0 ? `dead${at}` : `good${at}`));
  const tally = { accepted: 0, unknownUsers: 0 };
  for (const name of list) {
    if (listPaceOf(docomo, tally) !== 'probe') break;
    const recipient = `${name}@docomo.ne.jp`;
    const { of } = await deliver(peer.port, [recipient]);
    if (of(recipient).disposition === 'accepted') tally.accepted += 1;
    else {
      expect(name).toMatch(/^dead/);
      tally.unknownUsers += 1;
    }
  }
  expect(listPaceOf(docomo, tally)).toBe('stop');
  expect(tally.unknownUsers).toBe(10);
});

test('7: dots that RFC 5322 forbids are taken, said as they are, and quoted only where the profile says so', async () => {
  await using peer = await startScriptedPeer();
  const recipients = ['a..b@docomo.ne.jp', 'a.@ezweb.ne.jp'];
  for (const recipient of recipients) {
    expect(normaliseAddress(recipient)).toMatchObject({ ok: true });
    const site = recipient.slice(recipient.indexOf('@') + 1);
    expect(profile(site).values).toMatchObject({
      isDottedLocalPartUsed: true,
      isLocalPartQuoted: false,
    });
  }
  expect(normaliseAddress('a..b@example.com')).toMatchObject({ ok: false });
  await deliver(peer.port, recipients, { profile: profile('docomo.ne.jp') });
  const staffOverride = { values: { isLocalPartQuoted: true }, reason: 'Asked.', atMs: NOW };
  const quoting = profileOf('docomo.ne.jp', [], { staffOverride, learned: [] }, NOW);
  await deliver(peer.port, recipients.slice(0, 1), { profile: quoting });
  expect(peer.lines.filter((line) => line.startsWith('RCPT'))).toEqual([
    'RCPT TO:<a..b@docomo.ne.jp>',
    'RCPT TO:<a.@ezweb.ne.jp>',
    'RCPT TO:<"a..b"@docomo.ne.jp>',
  ]);
});

test('12: of docomo’s 552 the text decides: too many recipients, or a full mailbox', async () => {
  const texts = ['552 Too many recipients', '552 Too much mail data r2@docomo.ne.jp'];
  await using peer = await startScriptedPeer({
    manner: ({ kind }) => (kind === 'message' ? texts.shift() : undefined),
  });
  const recipients = people(2, 'docomo.ne.jp');
  const { of } = await deliver(peer.port, recipients);
  const [tooMany, full] = recipients.map((one) => judgedResult('docomo.ne.jp', of(one)));
  expect(tooMany).toMatchObject({ category: 'recipient-limit', verdict: { retry: 'soon' } });
  expect(full).toMatchObject({ category: 'mailbox-full', action: 'count-full' });
});

test('18: nothing is begun at a carrier around the full hour', () => {
  const nine = Date.parse('2026-11-26T09:00:00+09:00');
  for (const site of ['docomo.ne.jp', 'au.com', 'softbank.ne.jp']) {
    expect(afterCongestion(profile(site), nine)).toBe(nine + 3 * 60_000);
    expect(afterCongestion(profile(site), nine + 20 * 60_000)).toBe(nine + 20 * 60_000);
  }
  expect(afterCongestion(profile('example.com'), nine)).toBe(nine);
});

describe('19: SoftBank refuses an empty From and 1 MB, au 3 MB', () => {
  test('the checklist warns of the sizes that the profiles know', () => {
    const known = SEEDED_PROFILES.flatMap(({ name, facts }) =>
      facts.flatMap(({ values }) =>
        values.sizeBytesMax ? [{ destination: name, maxBytes: values.sizeBytesMax }] : [],
      ),
    );
    expect(known).toHaveLength(DESTINATION_SIZE_LIMITS.length);
    expect(known).toEqual(expect.arrayContaining([...DESTINATION_SIZE_LIMITS]));
    expect(profile('softbank.ne.jp').values.isEmptyFromRefused).toBe(true);
  });

  test('a refusal for it is the message, and no recipient is at fault', async () => {
    await using peer = await startScriptedPeer({
      extensions: ['PIPELINING', 'SIZE 1000000'],
      manner: ({ kind, content }) => {
        if (kind !== 'message' || /^From: .+@/m.test(content.toString())) return undefined;
        return '554 5.6.0 Missing required header field: From';
      },
    });
    const [recipient = ''] = people(1, 'softbank.ne.jp');
    const empty = await deliver(peer.port, [recipient], { content: 'From: \r\n\r\nx\r\n' });
    expect(judgedResult('softbank.ne.jp', empty.of(recipient))).toMatchObject({
      category: 'format',
      action: 'bounce',
    });
    const content = `From: a@b.test\r\n\r\n${'x'.repeat(70)}\r\n`;
    const big = `${content}${`${'y'.repeat(998)}\r\n`.repeat(1_001)}`;
    const over = await deliver(peer.port, [recipient], { content: big });
    expect(over.of(recipient)).toMatchObject({ disposition: 'refused', reason: 'too-big' });
    expect((await deliver(peer.port, [recipient], { content })).accepted).toHaveLength(1);
  });
});

test('20: docomo refuses a line over 998: the message, and no recipient is at fault', async () => {
  const { lineOctetsMax } = profile('docomo.ne.jp').values;
  await using peer = await startScriptedPeer({
    manner: ({ kind, content }) =>
      kind === 'message' &&
      content
        .toString()
        .split('\r\n')
        .some((l) => l.length > lineOctetsMax)
        ? '500 Line Too Long'
        : undefined,
  });
  const [recipient = ''] = people(1, 'docomo.ne.jp');
  const send = (octets: number) =>
    deliver(peer.port, [recipient], { content: `Subject: x\r\n\r\n${'x'.repeat(octets)}\r\n` });
  expect((await send(998)).accepted).toHaveLength(1);
  expect(judgedResult('docomo.ne.jp', (await send(999)).of(recipient))).toMatchObject({
    category: 'format',
    rule: 'docomo-line-too-long',
    action: 'bounce',
  });
});
