import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readJournal, startReceiverProcess } from '../src/receiver-process.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'testkit-receiver-'));
  cleanups.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Sends one message; resolves with everything the server said, when the connection has ended. */
async function deliver(port: number, to: string): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.on('error', () => undefined);
  let said = '';
  socket.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  socket.write(
    `EHLO c.test\r\nMAIL FROM:<v@h.test>\r\nRCPT TO:<${to}>\r\nDATA\r\nSubject: x\r\n\r\nx\r\n.\r\nQUIT\r\n`,
  );
  await once(socket, 'close');
  return said;
}

test('a receiver starts, takes mail, tells its numbers, and stops', async () => {
  const receiver = await startReceiverProcess({ keepMessages: join(folder(), 'kept') });
  cleanups.push(receiver.kill);
  const port = receiver.ports.everyone ?? 0;
  expect(receiver.routes).toContain(`* = 127.0.0.1:${port}`);
  expect(await deliver(port, 'a@a.test')).toMatch(/221/);
  expect(await deliver(port, 'unknown-1@a.test')).toMatch(/550 5\.1\.1/);
  expect(receiver.accepted()).toMatchObject([{ recipient: 'a@a.test', mailFrom: 'v@h.test' }]);
  expect(receiver.journal()).toHaveLength(2);
  expect(await receiver.stats()).toMatchObject([{ name: 'everyone', accepted: 1, refused: 1 }]);
  expect((await receiver.lastMessageTo('a@a.test')).content).toBe('Subject: x\r\n\r\nx\r\n');
  await receiver.setManners('everyone', { bounceShare: 1 });
  expect(await deliver(port, 'a@a.test')).toMatch(/550 5\.1\.1/);
  await receiver.stop();
  expect(() => process.kill(receiver.pid, 0)).toThrow();
});

test('a trigger kills a process and reports that it struck', async () => {
  const receiver = await startReceiverProcess();
  cleanups.push(receiver.stop);
  const victim = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const exited = once(victim, 'exit');
  const report = await receiver.trigger({
    when: 'before-reply',
    action: { do: 'kill', pid: victim.pid ?? 0 },
  });
  expect((await report()).struck).toBe(0);
  // This session's client is told nothing more; it ends when the receiver does.
  const said = deliver(receiver.ports.everyone ?? 0, 'a@a.test');
  expect((await exited)[1]).toBe('SIGKILL');
  expect(await report()).toMatchObject({ struck: 1, session: expect.any(String) });
  await receiver.stop();
  expect(await said).not.toContain('221');
});

test('a receiver killed and started again goes on in the same journal', async () => {
  const journalPath = join(folder(), 'journal.jsonl');
  const first = await startReceiverProcess({ journalPath });
  await deliver(first.ports.everyone ?? 0, 'one@a.test');
  await first.kill();
  const second = await startReceiverProcess({ journalPath });
  cleanups.push(second.stop);
  await deliver(second.ports.everyone ?? 0, 'two@a.test');
  const rows = second.accepted();
  expect(rows.map((row) => row.recipient)).toEqual(['one@a.test', 'two@a.test']);
  expect(new Set(rows.map((row) => row.session)).size).toBe(2);
});

test('a config that is wrong rejects with the reason', async () => {
  const config = { destinations: [{ name: 'a', domains: ['*'], manners: { latency: 1 } }] };
  await expect(startReceiverProcess({ config })).rejects.toThrow(/latency/);
});

test('a journal line cut by a kill is left out', () => {
  const path = join(folder(), 'journal.jsonl');
  appendFileSync(path, '{"event":"accepted","recipient":"a@a.test"}\n{"event":"acc');
  expect(readJournal(path)).toEqual([{ event: 'accepted', recipient: 'a@a.test' }]);
  expect(readJournal(`${path}.none`)).toEqual([]);
});
