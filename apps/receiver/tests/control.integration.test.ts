import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { startReceiver } from '../src/index.ts';
import type { Fixture } from './fixture.ts';
import { startFixture } from './fixture.ts';
import { RawClient } from './raw-client.ts';

let fixture: Fixture;
afterEach(() => fixture.stop());

test('stats count accepted, refused and deferred recipients, and open sessions', async () => {
  fixture = await startFixture();
  const client = await RawClient.greeted(fixture.port);
  await client.send('a@a.test');
  client.write('MAIL FROM:<v@h.test>\r\nRCPT TO:<unknown-1@a.test>\r\nRCPT TO:<full-1@a.test>\r\n');
  await client.replies(3);
  const { body } = await fixture.call('GET', '/stats');
  expect(body.destinations).toEqual([
    expect.objectContaining({
      name: 'one',
      sessionsOpen: 1,
      sessionsPeak: 1,
      transactions: 1,
      accepted: 1,
      refused: 1,
      deferred: 1,
      connectionsRefused: 0,
      bytes: 21,
    }),
  ]);
  expect((await fixture.call('GET', '/health')).body).toEqual({ ok: true, pid: process.pid });
  client.close();
});

test('manners changed while a session is open hold for its next command', async () => {
  fixture = await startFixture();
  const client = await RawClient.greeted(fixture.port);
  await client.send('a@a.test');
  const answer = await fixture.call('PATCH', '/destinations/one/manners', { bounceShare: 1 });
  expect(answer).toMatchObject({ status: 200, body: { bounceShare: 1 } });
  await client.ask('MAIL FROM:<v@h.test>\r\n');
  expect(await client.ask('RCPT TO:<a@a.test>\r\n')).toMatch(/^550 5\.1\.1/);
  client.close();
});

test('a wrong manner is refused with the reason and changes nothing', async () => {
  fixture = await startFixture({ latencyMs: 3 });
  const wrong = await fixture.call('PATCH', '/destinations/one/manners', {
    latencyMs: 9,
    bounceShare: 7,
  });
  expect(wrong.status).toBe(400);
  expect(wrong.body.error.message).toMatch(/bounceShare/);
  const { body } = await fixture.call('GET', '/destinations/one/manners');
  expect(body).toMatchObject({ latencyMs: 3, bounceShare: 0 });
});

test.each([
  ['PATCH', '/destinations/nobody/manners', {}, 404],
  ['GET', '/nothing', undefined, 404],
  ['GET', '/messages?recipient=a@a.test', undefined, 409],
  ['POST', '/triggers', { when: 'dinner', action: { do: 'reset' } }, 400],
  ['POST', '/triggers', { when: 'content-bytes', action: { do: 'reset' } }, 400],
  ['POST', '/triggers', { when: 'mail', recipient: 'a@a.test', action: { do: 'reset' } }, 400],
  ['POST', '/triggers', { when: 'rcpt', action: { do: 'hook', url: 'http://example.com/' } }, 400],
])('%s %s %j is answered %i with a code and a reason', async (method, path, body, status) => {
  fixture = await startFixture();
  const answer = await fixture.call(method, path, body);
  expect(answer.status).toBe(status);
  expect(answer.body.error).toEqual({ code: expect.any(String), message: expect.any(String) });
});

test('the last message of a recipient is kept with its content, also for the next run', async () => {
  fixture = await startFixture();
  const keepMessages = join(fixture.folder, 'kept');
  const first = await startReceiver({ keepMessages });
  const client = await RawClient.greeted(first.destinations[0]?.port ?? 0);
  await client.send('Hanako@a.test', 'Subject: one\r\n\r\n1\r\n');
  await client.send('hanako@a.test', 'Subject: two\r\n\r\n..dots\r\n\r\nend\r\n');
  client.close();
  await first.stop();
  const second = await startReceiver({ keepMessages });
  const url = `http://127.0.0.1:${second.controlPort}/messages?recipient=HANAKO%40a.test`;
  expect(await (await fetch(url)).json()).toMatchObject({
    recipient: 'hanako@a.test',
    content: 'Subject: two\r\n\r\n.dots\r\n\r\nend\r\n',
  });
  const nobody = url.replace('HANAKO', 'nobody');
  expect((await fetch(nobody)).status).toBe(404);
  await second.stop();
});

test('a domain goes to the destination that has it: five ports, one routes file', async () => {
  fixture = await startFixture();
  const { routes, stop } = await startReceiver({
    config: {
      destinations: [
        { name: 'au', domains: ['au.example', 'ezweb.example'] },
        { name: 'rest', domains: ['*'] },
      ],
    },
  });
  expect(routes).toMatch(
    /^# au\nau\.example = 127\.0\.0\.1:(\d+)\nezweb\.example = 127\.0\.0\.1:\1\n# rest\n\* = 127\.0\.0\.1:\d+\n$/,
  );
  await stop();
});
