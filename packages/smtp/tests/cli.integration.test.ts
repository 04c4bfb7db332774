/**
 * npm run smtp -- send …, as a person runs it: a process of its own against a scripted peer.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startScriptedPeer } from './support.ts';

const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
let folder = '';
let message = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hikyaku-smtp-'));
  message = join(folder, 'message.eml');
  await writeFile(message, 'Subject: x\n\n.hello\n');
});
afterAll(() => rm(folder, { recursive: true }));

async function run(...args: string[]) {
  const child = spawn(process.execPath, [main, ...args]);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, stdout, stderr };
}

function send(port: number, to: string, ...more: string[]) {
  const common = ['send', '--host', '127.0.0.1', '--port', String(port), '--from', 'a@sender.test'];
  return run(...common, '--to', to, '--message', message, '--helo', 'client.test', ...more);
}

const json = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

test('all accepted: exit 0, one line per recipient and one for the sums', async () => {
  await using peer = await startScriptedPeer();
  const { code, stdout } = await send(peer.port, 'r1@x.test,r2@x.test', '--repeat', '3', '--json');
  const lines = json(stdout);
  expect(code).toBe(0);
  expect(lines).toHaveLength(7);
  expect(lines[0]).toMatchObject({
    recipient: 'r1@x.test',
    disposition: 'accepted',
    command: 'DOT',
    code: 250,
    enhanced: '2.0.0',
    text: '2.0.0 taken',
  });
  expect(lines[6]).toMatchObject({
    recipients: 6,
    accepted: 6,
    sessions: 1,
    transactions: 6,
    roundTrips: peer.flights,
  });
  expect(peer.flights).toBe(8);
  expect(peer.messages[0]?.content.toString()).toBe('Subject: x\r\n\r\n.hello\r\n');
});

test('one refused: exit 1, and the reply is shown; bulk is one transaction', async () => {
  await using peer = await startScriptedPeer({
    manner: (event) => (event.line.includes('dead') ? '550 5.1.1 unknown user' : undefined),
  });
  const { code, stdout } = await send(peer.port, 'r1@x.test,dead@x.test', '--mode', 'bulk');
  expect(code).toBe(1);
  expect(stdout).toContain('refused      dead@x.test  RCPT: 550 5.1.1 unknown user');
  expect(stdout).toContain('accepted     r1@x.test  DOT: 250 2.0.0 taken');
  expect(stdout).toContain('1 of 2 accepted · 1 sessions, 1 transactions');
});

test('over a cap and over a session limit it goes on until all is sent', async () => {
  await using peer = await startScriptedPeer({
    manner: (event) => {
      if (event.verb === 'RCPT' && event.recipients.length >= 2) return '452 4.5.3 too many';
      if (event.verb === 'MAIL' && event.messages >= 2)
        return { reply: '421 too many messages', after: 'close' };
      return undefined;
    },
  });
  const to = Array.from({ length: 9 }, (_, i) => `r${i}@x.test`).join(',');
  const { code, stdout } = await send(peer.port, to, '--mode', 'bulk', '--json');
  expect(code).toBe(0);
  expect(json(stdout).at(-1)).toMatchObject({ recipients: 9, accepted: 9, sessions: 3 });
});

test('a transcript shows what was said, without secrets', async () => {
  await using peer = await startScriptedPeer({
    extensions: ['AUTH PLAIN'],
    manner: (event) => (event.verb === 'AUTH' ? '235 welcome' : undefined),
  });
  const auth = ['--auth', 'user:secret', '--auth-plaintext', '--transcript'];
  const { code, stderr } = await send(peer.port, 'r1@x.test', ...auth);
  expect(code).toBe(0);
  expect(stderr).toContain('→ AUTH PLAIN ****');
  expect(stderr).toContain('← 250 2.0.0 taken');
  expect(stderr).not.toContain(Buffer.from('\0user\0secret').toString('base64'));
});

test('as many sessions as asked for, under our name, share the work', async () => {
  await using peer = await startScriptedPeer();
  const more = ['--repeat', '8', '--sessions', '3', '--helo', 'mail.sender.test', '--json'];
  const { code, stdout } = await send(peer.port, 'r1@x.test', ...more);
  expect(code).toBe(0);
  expect(json(stdout).at(-1)).toMatchObject({ accepted: 8, sessions: 3, transactions: 8 });
  expect(peer.connections).toBe(3);
  expect(peer.lines.filter((line) => line === 'EHLO mail.sender.test')).toHaveLength(3);
});

test('TLS off, opportunistic and required, and required where there is none', async () => {
  await using peer = await startScriptedPeer({ hasStartTls: true });
  const said = async (...more: string[]) => {
    const before = peer.lines.length;
    const { code } = await send(peer.port, 'r1@x.test', ...more);
    return [code, peer.lines.slice(before).includes('STARTTLS')];
  };
  expect(await said('--starttls', 'off')).toEqual([0, false]);
  expect(await said('--starttls', 'opportunistic')).toEqual([0, true]);
  expect(await said('--starttls', 'required', '--no-verify')).toEqual([0, true]);
  // Its certificate is nobody's.
  expect(await said('--starttls', 'required')).toEqual([1, true]);
  await using plain = await startScriptedPeer();
  const { code, stderr } = await send(plain.port, 'r1@x.test', '--starttls', 'required');
  expect(code).toBe(1);
  expect(stderr).toContain('TLS is required, but it is not offered');
  expect(plain.lines.some((line) => line.startsWith('MAIL'))).toBe(false);
});

test('a dot that is not answered in the time asked for is unknown: exit 1', async () => {
  await using peer = await startScriptedPeer({
    manner: (event) => (event.kind === 'message' ? { after: 'silence' } : undefined),
  });
  const timeouts = ['--timeout', 'dot=0.3', 'mail=60', '--timeout', 'rcpt=60'];
  const { code, stdout } = await send(peer.port, 'r1@x.test', '--json', ...timeouts);
  expect(code).toBe(1);
  expect(json(stdout)[0]).toMatchObject({ disposition: 'unknown', command: 'DOT' });
});

test('nobody listens: exit 1, the reason in words, each recipient told of', async () => {
  const peer = await startScriptedPeer();
  const { port } = peer;
  await peer.stop();
  const { code, stdout, stderr } = await send(port, 'r1@x.test,r2@x.test', '--json');
  expect(code).toBe(1);
  expect(stderr).toContain('connection-refused');
  expect(json(stdout)).toMatchObject([
    { recipient: 'r1@x.test', disposition: 'abandoned', command: 'CONNECT' },
    { recipient: 'r2@x.test', disposition: 'abandoned', command: 'CONNECT' },
    { accepted: 0, recipients: 2 },
  ]);
});

test('a command line that makes no sense: exit 2, and says what is wanted', async () => {
  for (const [args, says] of [
    [['fetch'], 'is no command'],
    [['send', '--host', 'x'], '--from is missing'],
    [['send', '--host', 'x', '--from', 'a@b.c', '--to', 'a b@c', '--message', '-'], 'no address'],
    [['send', '--timeout', 'dot=soon'], 'missing'],
    [['send', '--frm', 'x'], '--frm'],
  ] as const) {
    const { code, stderr } = await run(...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(says)]);
  }
  expect((await run('--help')).stdout).toContain('--starttls');
});
