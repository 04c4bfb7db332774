import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fixture } from './fixture.ts';
import { startFixture } from './fixture.ts';
import { RawClient } from './raw-client.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.stop());

/** Three messages on one session, the end of each in one flight with the envelope of the next. */
function flights(tag: string): string[] {
  const envelope = (n: number) =>
    `MAIL FROM:<v${n}@hikyaku.test>\r\nRCPT TO:<${tag}-${n}@a.test>\r\nDATA\r\n`;
  return [
    envelope(1),
    `${content(tag, 1)}${envelope(2)}`,
    `${content(tag, 2)}${envelope(3)}`,
    `${content(tag, 3)}QUIT\r\n`,
  ];
}

function content(tag: string, n: number): string {
  return `Message-ID: <${tag}-${n}@hikyaku.test>\r\nX-Hikyaku-Delivery: ${n}\r\n\r\nline\r\n..dot\r\n.\r\n`;
}

function expectThreeRows(tag: string): void {
  const rows = fixture.rows().filter((row) => row.recipient?.startsWith(`${tag}-`));
  expect(rows).toEqual(
    [1, 2, 3].map((n) => ({
      event: 'accepted',
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      destination: 'one',
      session: expect.any(String),
      transaction: n,
      source: '127.0.0.1',
      mailFrom: `v${n}@hikyaku.test`,
      recipient: `${tag}-${n}@a.test`,
      messageId: `<${tag}-${n}@hikyaku.test>`,
      bytes: content(tag, n).length - '.\r\n'.length,
      headerDeliveryId: String(n),
    })),
  );
  expect(new Set(rows.map((row) => row.session)).size).toBe(1);
}

test('the end of one message and the next envelope in one flight are each answered, in order', async () => {
  const client = await RawClient.greeted(fixture.port);
  const before = fixture.stats().flights;
  const replies: string[] = [];
  for (const [i, flight] of flights('flight').entries()) {
    client.write(flight);
    replies.push(...(await client.replies([3, 4, 4, 2][i] ?? 0)));
  }
  expect(replies.map((reply) => reply.slice(0, 3)).join(' ')).toBe(
    '250 250 354 250 250 250 354 250 250 250 354 250 221',
  );
  await client.end();
  expectThreeRows('flight');
  // The peer counts one round trip for each message, and one for the first envelope.
  expect(fixture.stats().flights - before).toBe(4);
});

test('a whole session merged into one segment is answered the same', async () => {
  const client = await RawClient.greeted(fixture.port);
  client.write(flights('merged').join(''));
  const replies = await client.replies(13);
  expect(replies.map((reply) => reply.slice(0, 3)).join(' ')).toBe(
    '250 250 354 250 250 250 354 250 250 250 354 250 221',
  );
  await client.end();
  expectThreeRows('merged');
});

test('a session cut at every byte is answered the same', async () => {
  const whole = flights('cut').join('');
  const codes: string[] = [];
  for (let at = 1; at < whole.length; at += 1) {
    const client = await RawClient.greeted(fixture.port);
    client.write(whole.slice(0, at));
    await new Promise((resolve) => setImmediate(resolve));
    client.write(whole.slice(at));
    codes.push((await client.replies(13)).map((reply) => reply.slice(0, 3)).join(' '));
    client.close();
  }
  expect(new Set(codes)).toEqual(new Set(['250 250 354 250 250 250 354 250 250 250 354 250 221']));
  const rows = fixture.rows().filter((row) => row.recipient?.startsWith('cut-'));
  expect(rows).toHaveLength(3 * (whole.length - 1));
}, 60_000);

test('a session in segments of one byte is answered the same', async () => {
  const client = await RawClient.greeted(fixture.port);
  for (const byte of flights('bytes').join('')) {
    client.write(byte);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await client.replies(13)).toHaveLength(13);
  expectThreeRows('bytes');
});

test('bytes counts the content as it came, without the final dot', async () => {
  const client = await RawClient.greeted(fixture.port);
  await client.send('bytes-count@a.test', 'Subject: x\r\n\r\n..\r\n');
  const row = fixture.rows().find((r) => r.recipient === 'bytes-count@a.test');
  expect(row).toMatchObject({ event: 'accepted', bytes: 18, messageId: null });
  client.close();
});

test('a bulk transaction journals one row for each accepted recipient', async () => {
  const client = await RawClient.greeted(fixture.port);
  client.write(
    'MAIL FROM:<v@hikyaku.test>\r\nRCPT TO:<bulk-1@a.test>\r\nRCPT TO:<unknown-bulk@a.test>\r\n' +
      'RCPT TO:<bulk-2@a.test>\r\nDATA\r\n',
  );
  const codes = (await client.replies(5)).map((reply) => reply.slice(0, 3));
  expect(codes).toEqual(['250', '250', '550', '250', '354']);
  await client.ask('Subject: b\r\n\r\nb\r\n.\r\n');
  const rows = fixture.rows().filter((row) => row.recipient?.includes('bulk'));
  expect(rows.map((row) => [row.event, row.recipient])).toEqual([
    ['refused', 'unknown-bulk@a.test'],
    ['accepted', 'bulk-1@a.test'],
    ['accepted', 'bulk-2@a.test'],
  ]);
  client.close();
});

test('DATA without an accepted recipient is refused, and RSET MAIL RCPT DATA goes on in one flight', async () => {
  const client = await RawClient.greeted(fixture.port);
  client.write('MAIL FROM:<v@h.test>\r\nRCPT TO:<unknown-1@a.test>\r\nDATA\r\n');
  expect((await client.replies(3)).map((r) => r.slice(0, 3))).toEqual(['250', '550', '554']);
  client.write('RSET\r\nMAIL FROM:<v@h.test>\r\nRCPT TO:<ok@a.test>\r\nDATA\r\n');
  expect((await client.replies(4)).map((r) => r.slice(0, 3))).toEqual(['250', '250', '250', '354']);
  client.close();
});

test('a connection cut inside a message leaves no row', async () => {
  const client = await RawClient.greeted(fixture.port);
  client.write('MAIL FROM:<v@h.test>\r\nRCPT TO:<half@a.test>\r\nDATA\r\n');
  await client.replies(3);
  client.socket.end('Subject: half\r\n\r\nbody\r\n');
  await client.end();
  expect(fixture.rows().some((row) => row.recipient === 'half@a.test')).toBe(false);
});

test.each([
  ['MAIL FROM:<v@h.test>\r\n', '503', 'before EHLO'],
  ['EHLO\r\n', '501', 'without a name'],
  ['WHAT\r\n', '500', 'an unknown command'],
  ['STARTTLS\r\n', '500', 'STARTTLS where it is not offered'],
])('%j is answered %s: %s', async (command, code) => {
  const client = await RawClient.open(fixture.port);
  await client.reply();
  expect(await client.ask(command)).toMatch(new RegExp(`^${code}`));
  client.close();
});

test.each([
  ['MAIL FROM:<v@h.test> SIZE=99999999999\r\n', '552'],
  ['MAIL FROM:<v@h.test> RET=FULL\r\n', '555'],
  ['MAIL FROM: v@h.test\r\n', '501'],
  ['MAIL FROM:<飛脚@h.test>\r\n', '553'],
  ['MAIL FROM:<飛脚@h.test> SMTPUTF8\r\n', '250'],
  ['MAIL FROM:<>\r\n', '250'],
  ['RCPT TO:<a@b.test>\r\n', '503'],
  ['DATA\r\n', '503'],
])('%j after EHLO is answered %s', async (command, code) => {
  const client = await RawClient.greeted(fixture.port);
  expect(await client.ask(command)).toMatch(new RegExp(`^${code}`));
  client.close();
});
