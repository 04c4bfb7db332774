import { once } from 'node:events';
import { connect as connectTls } from 'node:tls';
import { createTransport } from 'nodemailer';
import { afterEach, expect, test } from 'vitest';
import type { Fixture } from './fixture.ts';
import { startFixture } from './fixture.ts';
import { RawClient } from './raw-client.ts';

let fixture: Fixture;
afterEach(() => fixture.stop());

test("nodemailer's pool delivers to it, over kept sessions", async () => {
  fixture = await startFixture();
  const transport = createTransport({
    host: '127.0.0.1',
    port: fixture.port,
    pool: true,
    maxConnections: 3,
    maxMessages: Number.POSITIVE_INFINITY,
    ignoreTLS: true,
  });
  const to = Array.from({ length: 60 }, (_, n) => `user-${n}@a.test`);
  await Promise.all(
    to.map((address) =>
      transport.sendMail({
        from: '飛脚 <from@hikyaku.test>',
        to: address,
        subject: 'お知らせ',
        text: `.\r\n..\r\nこんにちは ${address}`,
      }),
    ),
  );
  transport.close();
  const rows = fixture.rows();
  expect(rows.map((row) => row.recipient).toSorted()).toEqual(to.toSorted());
  expect(new Set(rows.map((row) => row.session)).size).toBeLessThanOrEqual(3);
  expect(rows.every((row) => row.event === 'accepted' && row.messageId !== null)).toBe(true);
});

test('nodemailer delivers over STARTTLS', async () => {
  fixture = await startFixture({ tls: true, messagesMaxPerSession: 1 });
  const transport = createTransport({
    host: '127.0.0.1',
    port: fixture.port,
    requireTLS: true,
    tls: { rejectUnauthorized: false },
  });
  await transport.sendMail({ from: 'a@h.test', to: 'tls@a.test', text: 'hello' });
  transport.close();
  expect(fixture.rows()).toMatchObject([{ event: 'accepted', recipient: 'tls@a.test' }]);
});

test('what is sent in plaintext behind STARTTLS is not obeyed, and EHLO is needed again', async () => {
  fixture = await startFixture({ tls: true });
  const client = await RawClient.open(fixture.port);
  await client.reply();
  expect(await client.ask('EHLO c.test\r\n')).toContain('STARTTLS');
  expect(await client.ask('STARTTLS\r\nNOOP\r\n')).toMatch(/^220/);
  const { socket } = client;
  socket.removeAllListeners('data');
  const secure = connectTls({ socket, rejectUnauthorized: false });
  await once(secure, 'secureConnect');
  expect(secure.getPeerCertificate().subject.CN).toBe('receiver.test');
  const inside = new RawClient(secure);
  expect(await inside.ask('MAIL FROM:<v@h.test>\r\n')).toMatch(/^503/);
  expect(await inside.ask('EHLO c.test\r\n')).not.toContain('STARTTLS');
  expect(await inside.send('tls@a.test')).toMatch(/^250/);
  expect(await inside.ask('QUIT\r\n')).toMatch(/^221/);
  await inside.end();
});
