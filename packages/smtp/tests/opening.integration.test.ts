/**
 * Incidents of the opening: greetings, hellos, and what a host that cannot now says.
 */
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import {
  converse,
  cuts,
  ListWork,
  mailsTo,
  mailTo,
  message,
  open,
  refusedOpening,
  startScriptedPeer,
} from './support.ts';

describe.each(cuts)('replies %s', (segments) => {
  test.each(['421 4.7.0 busy', '450 later', '550 5.7.1 go away', '554 no SMTP here'])(
    'greeting %s: this host cannot now, and nothing is permanent',
    async (greeting) => {
      await using peer = await startScriptedPeer({
        segments,
        manner: (event) => (event.kind === 'greeting' ? greeting : undefined),
      });
      const failure = await refusedOpening(peer.port);
      expect(failure).toMatchObject({
        command: 'GREETING',
        scope: 'session',
        permanence: 'transient',
        reply: { code: Number(greeting.slice(0, 3)) },
      });
      expect(failure.message).toContain(greeting);
    },
  );

  test('a PIX banner is greeted with HELO and never pipelined to', async () => {
    const { work, peer } = await converse(
      {
        segments,
        manner: (event) => (event.kind === 'greeting' ? '220 ********0*2******' : undefined),
      },
      mailsTo('a@x.test', 'b@x.test'),
    );
    expect(work.summary).toEqual(['a@x.test accepted', 'b@x.test accepted']);
    expect(peer.lines[0]).toBe('HELO client.test');
    expect(peer.flights).toBe(1 + 2 * 4 + 1);
  });

  test('EHLO refused is followed by HELO', async () => {
    const { work, peer } = await converse(
      { segments, manner: (event) => (event.verb === 'EHLO' ? '502 5.5.1 unknown' : undefined) },
      mailsTo('a@x.test'),
    );
    expect(peer.lines.slice(0, 3)).toEqual([
      'EHLO client.test',
      'HELO client.test',
      'MAIL FROM:<from@sender.test>',
    ]);
    expect(work.summary).toEqual(['a@x.test accepted']);
  });

  test('EHLO and HELO refused: the session does not open', async () => {
    await using peer = await startScriptedPeer({
      segments,
      manner: (event) => (/^(EHLO|HELO)$/.test(event.verb) ? '550 bad name' : undefined),
    });
    const failure = await refusedOpening(peer.port);
    expect(failure).toMatchObject({ command: 'HELO', scope: 'session', permanence: 'transient' });
  });

  test('421 to EHLO: leave, without HELO', async () => {
    await using peer = await startScriptedPeer({
      segments,
      manner: (event) => (event.verb === 'EHLO' ? '421 4.3.2 shutting down' : undefined),
    });
    const failure = await refusedOpening(peer.port);
    expect(failure).toMatchObject({ command: 'EHLO', reply: { code: 421 } });
    expect(peer.lines).toEqual(['EHLO client.test']);
  });

  test('KEYWORD=params is read like KEYWORD params', async () => {
    await using peer = await startScriptedPeer({
      segments,
      extensions: ['size=1000', 'auth=login PLAIN', 'AUTH CRAM-MD5', 'limits RCPTMAX=20 MAILMAX=5'],
    });
    const session = await open(peer.port);
    expect(session.info.capabilities).toMatchObject({
      sizeMaxBytes: 1000,
      authMechanisms: ['LOGIN', 'PLAIN', 'CRAM-MD5'],
      recipientsMax: 20,
      transactionsMax: 5,
    });
    await session.close();
  });

  test('garbage instead of a greeting or an EHLO reply: the session does not open', async () => {
    for (const verb of ['GREETING', 'EHLO']) {
      await using peer = await startScriptedPeer({
        segments,
        manner: (event) => (event.verb === verb ? 'SSH-2.0-OpenSSH_9.2' : undefined),
      });
      const failure = await refusedOpening(peer.port);
      expect(failure).toMatchObject({ command: verb, reason: 'garbage-reply' });
    }
  });
});

test('a reply that comes before the EHLO it would answer is no answer', async () => {
  await using peer = await startScriptedPeer({
    manner: (event) =>
      event.kind === 'greeting' ? Buffer.from('220 hello\r\n250 you too\r\n') : undefined,
  });
  const failure = await refusedOpening(peer.port);
  expect(failure.reason).toBe('unexpected-reply');
});

test('silence instead of a greeting ends at its deadline', async () => {
  await using peer = await startScriptedPeer({ manner: () => ({ after: 'silence' }) });
  const failure = await refusedOpening(peer.port, { timeouts: { greetingMs: 100 } });
  expect(failure).toMatchObject({
    command: 'GREETING',
    reason: 'timeout',
    permanence: 'transient',
  });
});

test('a closed port and a host that hangs up are told apart', async () => {
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  const { port } = closed.address() as { port: number };
  await new Promise((resolve) => closed.close(resolve));
  expect(await refusedOpening(port)).toMatchObject({
    command: 'CONNECT',
    reason: 'connection-refused',
    systemCode: 'ECONNREFUSED',
  });
  await using peer = await startScriptedPeer({ manner: () => ({ after: 'close' }) });
  expect(await refusedOpening(peer.port)).toMatchObject({
    command: 'GREETING',
    reason: 'connection-closed',
  });
});

test('quirks: HELO only, no pipelining, extensions off, explicit RSET, quoted local parts', async () => {
  const helo = await converse({}, mailsTo('a@x.test'), { quirks: { isHeloOnly: true } });
  expect(helo.peer.lines[0]).toBe('HELO client.test');
  const slow = await converse({}, mailsTo('a@x.test', 'b@x.test'), {
    quirks: { isPipeliningOff: true },
  });
  expect(slow.peer.flights).toBe(1 + 2 * 4 + 1);
  const plain = await converse({}, [{ ...mailTo('a@x.test'), sizeBytes: 10 }], {
    quirks: { extensionsOff: ['SIZE', 'PIPELINING'] },
  });
  expect(plain.peer.lines).toContain('MAIL FROM:<from@sender.test>');
  const reset = await converse({}, mailsTo('a@x.test', 'b@x.test'), {
    quirks: { isExplicitRset: true },
  });
  expect(reset.peer.lines.filter((line) => line === 'RSET')).toHaveLength(1);
  expect(reset.peer.flights).toBe(4);
  const quoted = await converse({}, mailsTo('a..b@x.test', 'c.@x.test', 'd@x.test'), {
    quirks: { isLocalPartQuoted: true },
  });
  expect(quoted.peer.lines.filter((line) => line.startsWith('RCPT'))).toEqual([
    'RCPT TO:<"a..b"@x.test>',
    'RCPT TO:<"c."@x.test>',
    'RCPT TO:<d@x.test>',
  ]);
  const bare = await converse({}, mailsTo('a..b@x.test'));
  expect(bare.peer.lines).toContain('RCPT TO:<a..b@x.test>');
});

test('the quirk isDotApart writes the end mark in a flight of its own', async () => {
  const { work, peer } = await converse({}, mailsTo('a@x.test', 'b@x.test'), {
    quirks: { isDotApart: true },
  });
  expect(work.summary).toEqual(['a@x.test accepted', 'b@x.test accepted']);
  expect(peer.messages.every(({ content }) => content.equals(message()))).toBe(true);
});

test('the source address is the one asked for', async () => {
  await using peer = await startScriptedPeer();
  const session = await open(peer.port, { localAddress: '127.0.0.2' });
  expect(session.info).toMatchObject({ localAddress: '127.0.0.2', remoteAddress: '127.0.0.1' });
  await session.close();
});

test('an EHLO name that could carry a command is refused before anything is said', async () => {
  await using peer = await startScriptedPeer();
  for (const ehloName of ['a\r\nMAIL FROM:<x@y>', 'a b', '', 'a\0b', '[127.0.0.1]\n'])
    await expect(open(peer.port, { ehloName })).rejects.toThrow(TypeError);
  expect(peer.connections).toBe(0);
});

test('a session that a peer closes before run() is used ends without penalty', async () => {
  await using peer = await startScriptedPeer({ segments: 'whole' });
  const session = await open(peer.port);
  peer.hangUp('421 4.4.2 idle too long\r\n');
  await expect.poll(() => session.isOpen).toBe(false);
  const work = new ListWork(mailsTo('a@x.test'));
  expect(await session.run(work)).toMatchObject({ reason: 'idle-closed', canReopen: true });
  expect(work.log).toHaveLength(0);
});
