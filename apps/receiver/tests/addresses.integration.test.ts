import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fixture } from './fixture.ts';
import { startFixture } from './fixture.ts';
import { eventually, RawClient } from './raw-client.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.stop());

const eventsOf = (recipient: string) =>
  fixture
    .rows()
    .filter((row) => row.recipient === recipient)
    .map((row) => row.event);

test.each([
  ['unknown-a@a.test', /^550 5\.1\.1 <unknown-a@a\.test>/],
  ['full-a@a.test', /^452 4\.2\.2/],
  ['blocked-a@a.test', /^550 5\.7\.1 .*spamhaus/],
  ['defer-a@a.test', /^451 4\.3\.0/],
])(
  '%s is refused at RCPT, journaled with the reply, and the session goes on',
  async (to, reply) => {
    const client = await RawClient.greeted(fixture.port);
    await client.ask('MAIL FROM:<v@h.test>\r\n');
    const text = await client.ask(`RCPT TO:<${to}>\r\n`);
    expect(text).toMatch(reply);
    expect(fixture.rows().at(-1)).toMatchObject({
      event: 'refused',
      phase: 'rcpt',
      code: Number(text.slice(0, 3)),
      reply: text,
      recipient: to,
    });
    await client.ask('RSET\r\n');
    expect(await client.send(`after-${to}`)).toMatch(/^250/);
    client.close();
  },
);

test('tempfail-once is answered 451 once, then accepted', async () => {
  const client = await RawClient.greeted(fixture.port);
  await client.ask('MAIL FROM:<v@h.test>\r\n');
  expect(await client.ask('RCPT TO:<tempfail-once-a@a.test>\r\n')).toMatch(/^451/);
  await client.ask('RSET\r\n');
  expect(await client.send('tempfail-once-a@a.test')).toMatch(/^250/);
  expect(eventsOf('tempfail-once-a@a.test')).toEqual(['refused', 'accepted']);
  client.close();
});

test('dot550 is refused at the dot', async () => {
  const client = await RawClient.greeted(fixture.port);
  expect(await client.send('dot550-a@a.test')).toMatch(/^550 5\.7\.1/);
  expect(fixture.rows().at(-1)).toMatchObject({ event: 'refused', phase: 'dot', code: 550 });
  client.close();
});

test('drop-after-dot is journaled, then the connection goes without a reply; the second try is answered', async () => {
  const client = await RawClient.greeted(fixture.port);
  await expect(client.send('drop-after-dot-a@a.test')).rejects.toThrow('connection ended');
  expect(eventsOf('drop-after-dot-a@a.test')).toEqual(['accepted', 'dropped']);
  const second = await RawClient.greeted(fixture.port);
  expect(await second.send('drop-after-dot-a@a.test')).toMatch(/^250/);
  expect(eventsOf('drop-after-dot-a@a.test')).toEqual(['accepted', 'dropped', 'accepted']);
  second.close();
});

test('stall never answers the dot, and accepts nothing; the connection stays open', async () => {
  const client = await RawClient.greeted(fixture.port);
  client.write('MAIL FROM:<v@h.test>\r\nRCPT TO:<stall-a@a.test>\r\nDATA\r\n');
  await client.replies(3);
  client.write('Subject: x\r\n\r\nx\r\n.\r\nQUIT\r\n');
  await expect(client.reply(300)).rejects.toThrow('no reply');
  expect(client.ended).toBeNull();
  expect(eventsOf('stall-a@a.test')).toEqual(['stalled']);
  const open = fixture.stats().sessionsOpen;
  client.socket.end();
  expect(await eventually(() => fixture.stats().sessionsOpen < open)).toBe(true);
});
