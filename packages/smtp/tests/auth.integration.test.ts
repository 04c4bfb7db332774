/**
 * AUTH for smarthosts: which mechanism, only under TLS, and never a secret in a transcript.
 */
import { expect, test } from 'vitest';
import type { TranscriptEntry } from '../src/index.ts';
import { type Auth, connectSession } from '../src/node/index.ts';
import { optionsFor, type PeerEvent, refusedOpening, startScriptedPeer } from './support.ts';

const auth: Auth = { user: 'user', pass: 'pässword', isPlaintextAllowed: true };
const b64 = (text: string) => Buffer.from(text).toString('base64');

function authPeer(extension: string, manner?: (event: PeerEvent) => string | undefined) {
  return startScriptedPeer({
    extensions: [extension],
    manner: (event) => {
      const answer = manner?.(event);
      if (answer !== undefined) return answer;
      if (event.line.startsWith('AUTH LOGIN')) return `334 ${b64('Username:')}`;
      if (event.line === b64(auth.user)) return `334 ${b64('Password:')}`;
      if (event.verb === 'AUTH' || event.line === b64(auth.pass)) return '235 2.7.0 welcome';
    },
  });
}

test('PLAIN is preferred, and neither it nor LOGIN shows its secret in the transcript', async () => {
  for (const [extension, last] of [
    ['AUTH LOGIN PLAIN', `AUTH PLAIN ${b64('\0user\0pässword')}`],
    ['AUTH LOGIN', b64(auth.pass)],
  ] as const) {
    await using peer = await authPeer(extension);
    const said: TranscriptEntry[] = [];
    const opened = await connectSession(
      optionsFor(peer.port, { auth, transcript: (entry) => said.push(entry) }),
    );
    expect(opened.ok).toBe(true);
    expect(peer.lines.at(-1)).toBe(last);
    const shown = said.map(({ text }) => text).join('\n');
    expect(shown).toContain('****');
    for (const secret of [b64(auth.pass), b64('\0user\0pässword'), auth.pass, b64(auth.user)])
      expect(shown).not.toContain(secret);
    if (opened.ok) await opened.session.close();
  }
});

test('credentials are not said in plaintext unless allowed', async () => {
  await using peer = await authPeer('AUTH PLAIN');
  const failure = await refusedOpening(peer.port, { auth: { user: 'user', pass: 'x' } });
  expect(failure).toMatchObject({ command: 'AUTH', reason: 'auth-unavailable' });
  expect(peer.lines.some((line) => line.startsWith('AUTH'))).toBe(false);
});

test('no mechanism in common: the session does not open', async () => {
  await using peer = await authPeer('AUTH GSSAPI');
  expect(await refusedOpening(peer.port, { auth })).toMatchObject({ reason: 'auth-unavailable' });
});

test('535 is permanent and concerns the site, 454 may pass', async () => {
  for (const [reply, permanence] of [
    ['535 5.7.8 bad credentials', 'permanent'],
    ['454 4.7.0 try later', 'transient'],
  ] as const) {
    await using peer = await authPeer('AUTH PLAIN', (e) => (e.verb === 'AUTH' ? reply : undefined));
    expect(await refusedOpening(peer.port, { auth })).toMatchObject({
      command: 'AUTH',
      permanence,
    });
  }
});

test('XOAUTH2 fetches the refusal behind a challenge', async () => {
  await using peer = await authPeer('AUTH XOAUTH2', (event) => {
    if (event.verb === 'AUTH') return `334 ${b64('{"status":"400"}')}`;
    return event.kind === 'command' && event.line === '' ? '535 5.7.8 bad token' : undefined;
  });
  const failure = await refusedOpening(peer.port, { auth: { ...auth, mechanism: 'XOAUTH2' } });
  expect(failure).toMatchObject({ command: 'AUTH', reply: { code: 535 } });
  expect(peer.lines).toContain(`AUTH XOAUTH2 ${b64('user=user\x01auth=Bearer pässword\x01\x01')}`);
});

test('a peer that challenges for ever is left', async () => {
  await using peer = await authPeer('AUTH LOGIN', (event) =>
    event.kind === 'command' && event.verb !== 'EHLO' && event.verb !== 'QUIT' ? '334 ' : undefined,
  );
  expect(await refusedOpening(peer.port, { auth })).toMatchObject({ reason: 'garbage-reply' });
});
