/**
 * Incidents of STARTTLS: injected plaintext, refused and failed handshakes, and what each policy does then.
 */
import { testCertificate } from '@hikyaku/testkit/test-certificate';
import { describe, expect, test } from 'vitest';
import {
  converse,
  cuts,
  ListWork,
  mailsTo,
  open,
  refusedOpening,
  startScriptedPeer,
} from './support.ts';

const required = { mode: 'required', rejectUnauthorized: false } as const;

describe.each(cuts)('replies %s', (segments) => {
  test('under TLS, EHLO is said again and messages cost n plus a constant', async () => {
    const { work, peer } = await converse(
      { segments, hasStartTls: true },
      mailsTo('a@x.test', 'b@x.test', 'c@x.test'),
      { tls: required },
    );
    expect(work.summary).toHaveLength(3);
    expect(peer.messages).toHaveLength(3);
    expect(peer.lines.slice(0, 4)).toEqual([
      'EHLO client.test',
      'STARTTLS',
      'EHLO client.test',
      'MAIL FROM:<from@sender.test>',
    ]);
    expect(peer.flights).toBe(3 + 4);
  });

  test('TLS required and not offered: no MAIL is said', async () => {
    await using peer = await startScriptedPeer({ segments });
    const failure = await refusedOpening(peer.port, { tls: required });
    expect(failure).toMatchObject({
      command: 'STARTTLS',
      reason: 'tls-required',
      permanence: 'transient',
    });
    expect(peer.lines.some((line) => line.startsWith('MAIL'))).toBe(false);
  });

  test('TLS required and STARTTLS refused: no MAIL is said; opportunistic goes on in plaintext', async () => {
    const options = {
      segments,
      hasStartTls: true,
      manner: (event: { verb: string }) =>
        event.verb === 'STARTTLS' ? '454 4.7.0 TLS not available' : undefined,
    };
    await using peer = await startScriptedPeer(options);
    expect(await refusedOpening(peer.port, { tls: required })).toMatchObject({
      reason: 'tls-required',
      reply: { code: 454 },
    });
    expect(peer.lines.some((line) => line.startsWith('MAIL'))).toBe(false);
    const { work } = await converse(options, mailsTo('a@x.test'), {
      tls: { mode: 'opportunistic' },
    });
    expect(work.summary).toEqual(['a@x.test accepted']);
  });
});

test('what was said in plaintext behind the answer to STARTTLS is dropped', async () => {
  await using peer = await startScriptedPeer({
    hasStartTls: true,
    manner: (event) =>
      event.verb === 'STARTTLS'
        ? Buffer.from('220 ready\r\n250-injected\r\n250 AUTH PLAIN\r\n')
        : undefined,
  });
  const session = await open(peer.port, { tls: required });
  expect(session.info.tls?.protocol).toMatch(/^TLS/);
  expect(session.info.capabilities.authMechanisms).toEqual([]);
  expect(session.info.capabilities.hasPipelining).toBe(true);
  await session.close();
});

test('a failed handshake: opportunistic comes back in plaintext and says so, required fails', async () => {
  const options = {
    hasStartTls: true,
    manner: (event: { verb: string }) =>
      event.verb === 'STARTTLS' ? ({ reply: '220 ready', after: 'junk-tls' } as const) : undefined,
  };
  await using peer = await startScriptedPeer(options);
  const session = await open(peer.port, { tls: { mode: 'opportunistic' } });
  expect(session.info.tls).toBeUndefined();
  expect(session.info.tlsFailure).toMatchObject({ command: 'TLS', reason: 'tls-failed' });
  const work = new ListWork(mailsTo('a@x.test'));
  await session.run(work);
  expect(work.summary).toEqual(['a@x.test accepted']);
  expect(peer.connections).toBe(2);
  expect(await refusedOpening(peer.port, { tls: required })).toMatchObject({
    command: 'TLS',
    reason: 'tls-failed',
    permanence: 'transient',
  });
  expect(peer.connections).toBe(3);
});

test('a handshake that hangs ends at its deadline', async () => {
  await using peer = await startScriptedPeer({
    hasStartTls: true,
    manner: (event) =>
      event.verb === 'STARTTLS' ? { reply: '220 ready', after: 'silence' } : undefined,
  });
  const failure = await refusedOpening(peer.port, { tls: required, timeouts: { tlsMs: 100 } });
  expect(failure).toMatchObject({ command: 'TLS', reason: 'timeout' });
});

test('a certificate that cannot be verified fails the session where verifying is asked for', async () => {
  await using peer = await startScriptedPeer({ hasStartTls: true });
  expect(await refusedOpening(peer.port, { tls: { mode: 'required' } })).toMatchObject({
    command: 'TLS',
    systemCode: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  });
  const session = await open(peer.port, { tls: { mode: 'opportunistic' } });
  expect(session.info.tls).toMatchObject({ isVerified: false });
  await session.close();
});

test('a certificate is verified against the name asked for, or the address', async () => {
  await using peer = await startScriptedPeer({ hasStartTls: true });
  const tls = { mode: 'required', ca: testCertificate } as const;
  for (const servername of [undefined, 'peer.test', '127.0.0.1']) {
    const session = await open(peer.port, { tls, servername });
    expect(session.info.tls).toMatchObject({ isVerified: true });
    await session.close();
  }
  for (const servername of ['other.test', '192.0.2.1'])
    expect(await refusedOpening(peer.port, { tls, servername })).toMatchObject({
      reason: 'tls-failed',
      systemCode: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
});

test('the quirk isStartTlsOff leaves an offer alone, and fails where TLS is required', async () => {
  await using peer = await startScriptedPeer({ hasStartTls: true });
  const session = await open(peer.port, {
    tls: { mode: 'opportunistic' },
    quirks: { isStartTlsOff: true },
  });
  expect(session.info.tls).toBeUndefined();
  await session.close();
  const failure = await refusedOpening(peer.port, {
    tls: required,
    quirks: { isStartTlsOff: true },
  });
  expect(failure.reason).toBe('tls-required');
});

test('a TLS session is handed out and resumed', async () => {
  await using peer = await startScriptedPeer({ hasStartTls: true });
  let kept: Buffer | undefined;
  const tls = { ...required, onSession: (session: Buffer) => (kept = session) };
  for (const isResumed of [false, true]) {
    const session = await open(peer.port, { tls: { ...tls, session: kept } });
    await session.run(new ListWork(mailsTo('a@x.test')));
    await session.close();
    expect(session.info.tls?.isResumed).toBe(isResumed);
    expect(kept).toBeDefined();
  }
});
