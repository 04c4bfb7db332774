import { afterEach, expect, test } from 'vitest';
import type { Fixture } from './fixture.ts';
import { startFixture } from './fixture.ts';
import { eventually, RawClient } from './raw-client.ts';

let fixture: Fixture | undefined;
const clients: RawClient[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await fixture?.stop();
});

async function start(manners: Record<string, unknown>): Promise<Fixture> {
  fixture = await startFixture(manners);
  return fixture;
}

async function greeted(): Promise<RawClient> {
  const client = await RawClient.greeted(fixture?.port ?? 0);
  clients.push(client);
  return client;
}

test('a connection over the cap is answered 421, and a place is free again once another ends', async () => {
  const { port, stats } = await start({ connectionsMaxPerSource: 2 });
  const first = await greeted();
  await greeted();
  const third = await RawClient.open(port);
  expect(await third.reply()).toMatch(/^421 4\.7\.0/);
  expect(await third.end()).toBe('end');
  expect(stats()).toMatchObject({ sessionsOpen: 2, sessionsPeak: 2, connectionsRefused: 1 });
  await first.ask('QUIT\r\n');
  first.close();
  await eventually(() => stats().sessionsOpen === 1);
  await greeted();
});

test('the cap counts each source address by itself', async () => {
  const { port, rows } = await start({ connectionsMaxPerSource: 1 });
  await greeted();
  const other = await RawClient.open(port, '127.0.0.2');
  clients.push(other);
  expect(await other.reply()).toMatch(/^220/);
  await other.ask('EHLO other.test\r\n');
  await other.send('a@a.test');
  expect(rows().at(-1)).toMatchObject({ source: '127.0.0.2' });
});

test('au resets a connection over the cap', async () => {
  const { port, rows } = await start({ connectionsMaxPerSource: 1, overConnections: 'reset' });
  await greeted();
  const second = await RawClient.open(port);
  expect(await second.end()).toBe('ECONNRESET');
  expect(rows().at(-1)).toMatchObject({ event: 'refused', phase: 'connect', code: null });
});

test('recipients over the cap are answered 452 4.5.3, the others are accepted', async () => {
  await start({ recipientsMaxPerTransaction: 2 });
  const client = await greeted();
  client.write('MAIL FROM:<v@h.test>\r\n');
  for (const n of [1, 2, 3, 4]) client.write(`RCPT TO:<r${n}@a.test>\r\n`);
  client.write('DATA\r\n');
  const codes = (await client.replies(6)).map((reply) => reply.slice(0, 9));
  expect(codes[3]).toBe('452 4.5.3');
  expect(codes[4]).toBe('452 4.5.3');
  expect(await client.ask('Subject: x\r\n\r\nx\r\n.\r\n')).toMatch(/^250/);
  const accepted = fixture?.rows().filter((row) => row.event === 'accepted');
  expect(accepted?.map((row) => row.recipient)).toEqual(['r1@a.test', 'r2@a.test']);
});

test('docomo cuts the session over the cap, and forgets the recipients before it', async () => {
  await start({
    recipientsMaxPerTransaction: 2,
    overRecipients: 'cut',
    texts: { overRecipients: '554 Transaction failed' },
  });
  const client = await greeted();
  client.write('MAIL FROM:<v@h.test>\r\n');
  for (const n of [1, 2, 3]) client.write(`RCPT TO:<r${n}@a.test>\r\n`);
  expect((await client.replies(4)).at(-1)).toBe('554 Transaction failed');
  expect(await client.end()).toBe('end');
  expect(fixture?.rows().filter((row) => row.event === 'accepted')).toEqual([]);
});

test('docomo words the cap with 554', async () => {
  await start({
    recipientsMaxPerTransaction: 1,
    texts: { overRecipients: '554 Transaction failed' },
  });
  const client = await greeted();
  client.write('MAIL FROM:<v@h.test>\r\nRCPT TO:<a@a.test>\r\nRCPT TO:<b@a.test>\r\n');
  expect((await client.replies(3))[2]).toBe('554 Transaction failed');
});

test('the MAIL over the session limit is answered 421, and every earlier reply arrives', async () => {
  await start({ messagesMaxPerSession: 2 });
  const client = await greeted();
  await client.send('a@a.test');
  client.write('MAIL FROM:<v@h.test>\r\nRCPT TO:<b@a.test>\r\nDATA\r\n');
  await client.replies(3);
  client.write(
    'Subject: x\r\n\r\nx\r\n.\r\nMAIL FROM:<v@h.test>\r\nRCPT TO:<c@a.test>\r\nDATA\r\n',
  );
  expect((await client.replies(2)).map((r) => r.slice(0, 3))).toEqual(['250', '421']);
  expect(await client.end()).toBe('end');
});

test('Yahoo closes after its limit without a code', async () => {
  await start({ messagesMaxPerSession: 2, overMessages: 'close' });
  const client = await greeted();
  await client.send('a@a.test');
  expect(await client.send('b@a.test')).toMatch(/^250/);
  expect(await client.end()).toBe('end');
});

test('latency is paid once for each group of replies, not for each reply', async () => {
  await start({ latencyMs: 150 });
  const client = await greeted();
  const began = performance.now();
  client.write('MAIL FROM:<v@h.test>\r\nRCPT TO:<a@a.test>\r\nDATA\r\n');
  await client.replies(3);
  const tookMs = performance.now() - began;
  expect(tookMs).toBeGreaterThanOrEqual(149);
  expect(tookMs).toBeLessThan(300);
});

test('the greeting waits for its delay', async () => {
  const { port } = await start({ greetingDelayMs: 120 });
  const began = performance.now();
  const client = await RawClient.open(port);
  clients.push(client);
  expect(await client.reply()).toMatch(/^220/);
  expect(performance.now() - began).toBeGreaterThanOrEqual(115);
});

test('a greeting that refuses ends the session', async () => {
  const { port } = await start({ texts: { greeting: '554 No service here' } });
  const client = await RawClient.open(port);
  expect(await client.reply()).toBe('554 No service here');
  expect(await client.end()).toBe('end');
});

test('the acceptance rate holds for all sessions together, by waiting', async () => {
  await start({ acceptRatePerSecond: 20 });
  const began = performance.now();
  const senders = [await greeted(), await greeted()];
  await Promise.all(
    senders.map(async (client, c) => {
      for (let n = 0; n < 5; n += 1) await client.send(`rate-${c}-${n}@a.test`);
    }),
  );
  // Ten at twenty a second: the first at once, the last 450 ms later.
  expect(performance.now() - began).toBeGreaterThanOrEqual(445);
});

test('the acceptance rate can defer instead', async () => {
  const { stats } = await start({ acceptRatePerSecond: 1, overRate: 'defer' });
  const client = await greeted();
  await client.send('a@a.test');
  await client.send('b@a.test');
  await client.ask('MAIL FROM:<v@h.test>\r\n');
  expect(await client.ask('RCPT TO:<c@a.test>\r\n')).toMatch(/^451 4\.7\.1/);
  expect(stats()).toMatchObject({ accepted: 2, deferred: 1 });
});

test('shares of 4yz and 5yz are the same in a second run', async () => {
  const runs: string[][] = [];
  for (let run = 0; run < 2; run += 1) {
    await start({ deferShare: 0.2, bounceShare: 0.1 });
    const client = await greeted();
    const codes: string[] = [];
    for (let n = 0; n < 200; n += 1) {
      client.write(`MAIL FROM:<v@h.test>\r\nRCPT TO:<share-${n}@a.test>\r\nRSET\r\n`);
      codes.push((await client.replies(3))[1]?.slice(0, 3) ?? '');
    }
    client.close();
    await fixture?.stop();
    runs.push(codes);
  }
  fixture = undefined;
  expect(runs[0]).toEqual(runs[1]);
  const count = (code: string) => runs[0]?.filter((c) => c === code).length ?? 0;
  expect(count('451')).toBeGreaterThan(20);
  expect(count('550')).toBeGreaterThan(8);
  expect(count('250')).toBeGreaterThan(110);
});

test('capabilities are taken off, and limits are announced', async () => {
  const { port } = await start({
    capabilitiesOff: ['PIPELINING', '8BITMIME'],
    limits: { rcptMax: 100, mailMax: 20 },
    sizeMaxBytes: 1000,
  });
  const client = await RawClient.open(port);
  clients.push(client);
  await client.reply();
  expect(await client.ask('EHLO c.test\r\n')).toBe(
    '250-receiver.test|250-SIZE 1000|250-ENHANCEDSTATUSCODES|250-SMTPUTF8|250 LIMITS RCPTMAX=100 MAILMAX=20',
  );
  expect(await client.ask('MAIL FROM:<v@h.test> BODY=8BITMIME\r\n')).toMatch(/^555/);
  expect(await client.send('a@a.test', `${'x'.repeat(998)}\r\n\r\n`)).toMatch(/^552 5\.3\.4/);
});

test('an old server knows HELO only', async () => {
  const { port } = await start({ capabilitiesOff: ['EHLO'] });
  const client = await RawClient.open(port);
  clients.push(client);
  await client.reply();
  expect(await client.ask('EHLO c.test\r\n')).toMatch(/^502/);
  expect(await client.ask('HELO c.test\r\n')).toMatch(/^250/);
  expect(await client.send('a@a.test')).toMatch(/^250/);
});

test('an idle session is told 421 and ended', async () => {
  await start({ idleMaxMs: 150 });
  const client = await greeted();
  expect(await client.reply()).toMatch(/^421 4\.4\.2/);
  expect(await client.end()).toBe('end');
});

test('a session that is used is not idle', async () => {
  await start({ idleMaxMs: 1000 });
  const client = await greeted();
  for (let n = 0; n < 6; n += 1) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(await client.ask('NOOP\r\n')).toMatch(/^250/);
  }
});

test('replies drip byte by byte, whole and in order', async () => {
  await start({});
  const client = await greeted();
  await fixture?.call('PATCH', '/destinations/one/manners', { replyBytesPerSecond: 200 });
  const began = performance.now();
  client.write('NOOP\r\nQUIT\r\n');
  expect(await client.replies(2)).toEqual(['250 2.0.0 Ok', '221 2.0.0 Bye']);
  expect(performance.now() - began).toBeGreaterThan(100);
  expect(await client.end()).toBe('end');
});

test('a recipient answered 421 ends the session', async () => {
  await start({ deferShare: 1, texts: { deferred: '421 4.7.28 Unusual rate' } });
  const client = await greeted();
  client.write('MAIL FROM:<v@h.test>\r\nRCPT TO:<a@a.test>\r\nDATA\r\n');
  expect((await client.replies(2))[1]).toBe('421 4.7.28 Unusual rate');
  expect(await client.end()).toBe('end');
});
