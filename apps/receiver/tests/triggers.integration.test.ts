import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { Fixture } from './fixture.ts';
import { startFixture } from './fixture.ts';
import { eventually, RawClient } from './raw-client.ts';

let fixture: Fixture;
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  await fixture.stop();
});

async function arm(trigger: unknown): Promise<void> {
  const { status, body } = await fixture.call('POST', '/triggers', trigger);
  expect(body).toMatchObject({ struck: 0, struckAt: null });
  expect(status).toBe(201);
}

async function struck(): Promise<number> {
  const { body } = await fixture.call('GET', '/triggers');
  return body.triggers[0].struck;
}

async function greeted(): Promise<RawClient> {
  const client = await RawClient.greeted(fixture.port);
  cleanups.push(() => client.close());
  return client;
}

function victim() {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  cleanups.push(() => child.kill('SIGKILL'));
  return child;
}

const accepted = () => fixture.rows().filter((row) => row.event === 'accepted').length;

test('kill at a byte of the content: the process dies, and the message was not received', async () => {
  fixture = await startFixture();
  const child = victim();
  const exited = once(child, 'exit');
  await arm({ when: 'content-bytes', bytes: 100, action: { do: 'kill', pid: child.pid } });
  const client = await greeted();
  // Complete with its dot in one segment: what lies behind byte 100 must count as never sent.
  client.write('MAIL FROM:<v@h.test>\r\nRCPT TO:<a@a.test>\r\nDATA\r\n');
  await client.replies(3);
  client.write(`${'x'.repeat(500)}\r\n.\r\n`);
  expect((await exited)[1]).toBe('SIGKILL');
  await expect(client.reply(200)).rejects.toThrow('no reply');
  expect(await struck()).toBe(1);
  expect(accepted()).toBe(0);
});

test.each(['connect', 'mail', 'rcpt', 'data', 'dot-received', 'before-reply', 'after-reply'])(
  'kill at %s strikes once, and the next session is served',
  async (when) => {
    fixture = await startFixture();
    const child = victim();
    const exited = once(child, 'exit');
    await arm({ when, action: { do: 'kill', pid: child.pid } });
    const client = await RawClient.open(fixture.port);
    cleanups.push(() => client.close());
    client.write('EHLO a\r\nMAIL FROM:<v@h.test>\r\nRCPT TO:<a@a.test>\r\nDATA\r\nx\r\n.\r\n');
    expect((await exited)[1]).toBe('SIGKILL');
    expect(await struck()).toBe(1);
    // From the dot on the message is here whole, whatever becomes of the client.
    const isReceived = ['dot-received', 'before-reply', 'after-reply'].includes(when);
    expect(await eventually(() => accepted() === (isReceived ? 1 : 0))).toBe(true);
    expect(await (await greeted()).send('b@a.test')).toMatch(/^250/);
  },
);

test('a client killed at the dot closes its socket, and the session goes with it', async () => {
  fixture = await startFixture();
  const child = victim();
  await arm({ when: 'dot-received', action: { do: 'kill', pid: child.pid } });
  const client = await greeted();
  client.write('MAIL FROM:<v@h.test>\r\nRCPT TO:<a@a.test>\r\nDATA\r\nx\r\n.\r\n');
  await client.replies(0);
  await eventually(() => accepted() === 1);
  client.socket.end();
  expect(await eventually(() => fixture.stats().sessionsOpen === 0)).toBe(true);
});

test('a process that was dead before is reported as not struck', async () => {
  fixture = await startFixture();
  const child = victim();
  child.kill('SIGKILL');
  await once(child, 'exit');
  await arm({ when: 'mail', action: { do: 'kill', pid: child.pid } });
  const client = await greeted();
  client.write('MAIL FROM:<v@h.test>\r\n');
  await expect(client.reply(100)).rejects.toThrow();
  expect(await struck()).toBe(0);
});

test('reset before the reply: journaled, and the client gets a reset instead of 250', async () => {
  fixture = await startFixture();
  await arm({ when: 'before-reply', recipient: 'B@a.test', action: { do: 'reset' } });
  const client = await greeted();
  expect(await client.send('a@a.test')).toMatch(/^250/);
  await expect(client.send('b@a.test')).rejects.toThrow('ECONNRESET');
  expect(accepted()).toBe(2);
  expect(await struck()).toBe(1);
});

test('reset when the dot is received: the message is not accepted', async () => {
  fixture = await startFixture();
  await arm({ when: 'dot-received', nth: 2, action: { do: 'reset' } });
  const client = await greeted();
  expect(await client.send('a@a.test')).toMatch(/^250/);
  await expect(client.send('b@a.test')).rejects.toThrow('ECONNRESET');
  expect(accepted()).toBe(1);
});

test.each(['connect', 'mail', 'rcpt', 'data', 'dot-received', 'before-reply'])(
  'stall at %s leaves the connection open and silent',
  async (when) => {
    fixture = await startFixture();
    await arm({ when, action: { do: 'stall' } });
    const client = await RawClient.open(fixture.port);
    cleanups.push(() => client.close());
    client.write(
      'EHLO a\r\nMAIL FROM:<v@h.test>\r\nRCPT TO:<a@a.test>\r\nDATA\r\nx\r\n.\r\nQUIT\r\n',
    );
    await eventually(async () => (await struck()) === 1);
    const codes: string[] = [];
    const readOn = async () => {
      for (;;) codes.push((await client.reply(100)).slice(0, 3));
    };
    await expect(readOn()).rejects.toThrow('no reply');
    expect(codes).not.toContain('221');
    expect(client.ended).toBeNull();
    expect(accepted()).toBe(when === 'before-reply' ? 1 : 0);
  },
);

test('a hook is called at its moment, and the reply waits for its answer', async () => {
  fixture = await startFixture();
  const calls: unknown[] = [];
  let release: () => void = () => undefined;
  const hook = createServer((request, response) => {
    void request.toArray().then((parts) => {
      calls.push(JSON.parse(Buffer.concat(parts).toString()));
      release = () => response.end('ok');
    });
  });
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => hook.close());
  const url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`;
  await arm({ when: 'before-reply', destination: 'one', action: { do: 'hook', url } });
  const client = await greeted();
  client.write('MAIL FROM:<v@h.test>\r\nRCPT TO:<a@a.test>\r\nDATA\r\n');
  await client.replies(3);
  client.write('x\r\n.\r\n');
  await eventually(() => calls.length > 0);
  await expect(client.reply(150)).rejects.toThrow('no reply');
  expect(calls).toEqual([
    expect.objectContaining({ when: 'before-reply', recipients: ['a@a.test'] }),
  ]);
  release();
  expect(await client.reply()).toMatch(/^250/);
});

test('times lets a trigger strike again, and a disarmed one does not strike', async () => {
  fixture = await startFixture();
  await arm({ when: 'rcpt', times: 2, action: { do: 'reset' } });
  for (let n = 0; n < 2; n += 1) {
    await expect((await greeted()).send('a@a.test')).rejects.toThrow('ECONNRESET');
  }
  expect(await (await greeted()).send('a@a.test')).toMatch(/^250/);
  expect(await struck()).toBe(2);
  await fixture.call('POST', '/triggers', { when: 'rcpt', action: { do: 'reset' } });
  await fixture.call('DELETE', '/triggers');
  expect(await (await greeted()).send('b@a.test')).toMatch(/^250/);
});

test('a trigger for another destination does not strike', async () => {
  fixture = await startFixture();
  await arm({ when: 'mail', destination: 'elsewhere', action: { do: 'reset' } });
  expect(await (await greeted()).send('a@a.test')).toMatch(/^250/);
  expect(await struck()).toBe(0);
});
