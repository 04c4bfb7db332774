import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { startFixture } from './fixture.ts';
import { RawClient } from './raw-client.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'receiver-journal-'));
  cleanups.push(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function startMain(args: string[]) {
  const child = spawn(process.execPath, [MAIN, '--exit-with-stdin', ...args]);
  cleanups.push(() => child.kill('SIGKILL'));
  let stderr = '';
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  const [line] = (await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`exit ${code}: ${stderr}`))),
  ])) as [Buffer];
  return { child, ready: JSON.parse(line.toString()) };
}

function recipients(path: string): string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line).recipient);
}

test.each(['batch', 'off'])(
  'kill -9 right after a reply arrived finds its line in the journal (sync %s)',
  async (sync) => {
    const journal = join(folder(), 'journal.jsonl');
    for (let round = 0; round < 3; round += 1) {
      const { child, ready } = await startMain(['--journal', journal, '--journal-sync', sync]);
      const clients = await Promise.all(
        Array.from({ length: 10 }, () => RawClient.greeted(ready.destinations[0].port)),
      );
      const answered: string[] = [];
      const exited = once(child, 'exit');
      await Promise.all(
        clients.map(async (client, c) => {
          for (let n = 0; n < 50; n += 1) {
            const to = `user-${round}-${c}-${n}@a.test`;
            await client.send(to);
            answered.push(to);
            if (answered.length === 150) child.kill('SIGKILL');
          }
        }),
      ).catch(() => undefined);
      await exited;
      await Promise.all(clients.map((client) => client.end()));
      const journaled = new Set(recipients(journal));
      expect(answered.length).toBeGreaterThanOrEqual(150);
      expect(answered.filter((to) => !journaled.has(to))).toEqual([]);
    }
  },
);

test('SIGTERM ends sessions with 421, flushes, and exits 0', async () => {
  const journal = join(folder(), 'journal.jsonl');
  const { child, ready } = await startMain(['--journal', journal]);
  const client = await RawClient.greeted(ready.destinations[0].port);
  await client.send('last@a.test');
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await client.reply()).toMatch(/^421/);
  expect(await client.end()).toBe('end');
  expect((await exited)[0]).toBe(0);
  expect(recipients(journal)).toEqual(['last@a.test']);
});

test('a receiver whose starter died ends by itself', async () => {
  const { child } = await startMain([]);
  const exited = once(child, 'exit');
  child.stdin.end();
  expect((await exited)[0]).toBe(0);
});

test('the ready line and the ports file say the same: ports, control port, routes', async () => {
  const path = folder();
  const { ready } = await startMain(['--ports-file', join(path, 'ports.json')]);
  const port = ready.destinations[0].port;
  expect(ready).toMatchObject({
    ready: true,
    control: expect.any(Number),
    destinations: [{ name: 'everyone', port: expect.any(Number), domains: ['*'] }],
    routes: `# everyone\n* = 127.0.0.1:${port}\n`,
  });
  expect(JSON.parse(readFileSync(join(path, 'ports.json'), 'utf8'))).toEqual(ready);
});

test.each([
  [['--config', '/no/such/file'], /ENOENT/],
  [['--journal-sync', 'maybe'], /journal-sync/],
  [['--bogus'], /bogus/],
])('%j is refused with the reason, exit code 1', async (args, reason) => {
  await expect(startMain(args)).rejects.toThrow(reason);
  await expect(startMain(args)).rejects.toThrow(/exit 1/);
});

test('a reply waits for the journal: nothing is answered once the disk refuses', async () => {
  const errors: Error[] = [];
  const fixture = await startFixture(
    {},
    { journalPath: '/dev/full', onJournalError: (error) => errors.push(error) },
  );
  cleanups.push(fixture.stop);
  const client = await RawClient.greeted(fixture.port);
  client.write('MAIL FROM:<v@h.test>\r\nRCPT TO:<a@a.test>\r\nDATA\r\n');
  await client.replies(3);
  client.write('Subject: x\r\n\r\nx\r\n.\r\n');
  await expect(client.reply(300)).rejects.toThrow('no reply');
  expect(errors.map((error) => (error as NodeJS.ErrnoException).code)).toEqual(['ENOSPC']);
  client.close();
});

test('with events "accepted", refusals leave no line', async () => {
  const fixture = await startFixture({}, { journalEvents: 'accepted' });
  cleanups.push(fixture.stop);
  const client = await RawClient.greeted(fixture.port);
  await client.ask('MAIL FROM:<v@h.test>\r\n');
  expect(await client.ask('RCPT TO:<unknown-1@a.test>\r\n')).toMatch(/^550/);
  await client.ask('RSET\r\n');
  await client.send('ok@a.test');
  expect(fixture.rows().map((row) => row.recipient)).toEqual(['ok@a.test']);
  client.close();
});
