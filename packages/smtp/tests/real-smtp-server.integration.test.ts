/**
 * Deliveries to Node's smtp-server in both modes, compared with what it took.
 */
import type { AddressInfo } from 'node:net';
import { testCertificate, testKey } from '@hikyaku/testkit/test-certificate';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { describe, expect, test } from 'vitest';
import type { ConnectOptions } from '../src/node/index.ts';
import { ListWork, mailsTo, mailTo, message, open } from './support.ts';

type Taken = { from: string; to: string[]; content: string };

async function deliver(
  options: SMTPServerOptions,
  work: ListWork,
  more: Partial<ConnectOptions> = {},
) {
  const taken: Taken[] = [];
  const server = new SMTPServer({
    authOptional: true,
    key: testKey,
    cert: testCertificate,
    // The name of the client is not looked up.
    disableReverseLookup: true,
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        taken.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          content: Buffer.concat(chunks).toString(),
        });
        callback();
      });
    },
    onRcptTo({ address }, _session, callback) {
      if (!address.startsWith('dead')) return callback();
      callback(Object.assign(new Error('5.1.1 unknown user'), { responseCode: 550 }));
    },
    ...options,
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const session = await open((server.server.address() as AddressInfo).port, more);
    const end = await session.run(work);
    await session.close();
    return { end, session, taken };
  } finally {
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}

const text = 'Subject: 配送\r\n\r\n.one\r\n..two\r\n\r\n.\r\nend\r\n';
const dotted = (recipient: string) => ({ ...mailTo(recipient), content: () => message(text) });
const verified = { tls: { mode: 'required', rejectUnauthorized: false } } as const;

describe.each([
  ['in plaintext', {}, {}],
  ['without pipelining', { hidePIPELINING: true }, {}],
  ['under TLS', {}, verified],
] as const)('smtp-server %s', (_name, options, more) => {
  test('one-to-one: what was told as accepted is what it took, byte by byte', async () => {
    const list = [
      'a@x.test',
      'dead1@x.test',
      'b@x.test',
      'dead2@x.test',
      'dead3@x.test',
      'c@x.test',
    ];
    const work = new ListWork(list.map(dotted));
    const { taken, end } = await deliver(options, work, more);
    expect(taken).toEqual(
      ['a@x.test', 'b@x.test', 'c@x.test'].map((to) => ({
        from: 'from@sender.test',
        to: [to],
        content: text,
      })),
    );
    expect(work.summary).toEqual(
      list.map((to) => `${to} ${to.startsWith('dead') ? 'refused' : 'accepted'}`),
    );
    expect(end.reason).toBe('quit');
  });

  test('bulk: one transaction, the refused told apart', async () => {
    const list = Array.from({ length: 40 }, (_, i) =>
      i % 10 === 3 ? `dead${i}@x.test` : `r${i}@x.test`,
    );
    const work = new ListWork([mailTo(...list), ...mailsTo('last@x.test')]);
    const { taken } = await deliver(options, work, more);
    const isAlive = (to: string) => !to.startsWith('dead');
    expect(taken.map(({ to }) => to)).toEqual([list.filter(isAlive), ['last@x.test']]);
    expect(work.results.filter(({ disposition }) => disposition === 'accepted')).toHaveLength(37);
  });
});

test('smtp-server with AUTH: PLAIN and LOGIN sign in, a wrong password does not', async () => {
  const options: SMTPServerOptions = {
    authOptional: false,
    authMethods: ['PLAIN', 'LOGIN'],
    onAuth({ username, password }, _session, callback) {
      if (username === 'user' && password === 'geheim') callback(null, { user: 'user' });
      else callback(new Error('no'));
    },
  };
  for (const mechanism of ['PLAIN', 'LOGIN'] as const) {
    const work = new ListWork(mailsTo('a@x.test'));
    const auth = { user: 'user', pass: 'geheim', mechanism };
    const { taken } = await deliver(options, work, { ...verified, auth });
    expect(taken).toHaveLength(1);
    const wrong = deliver(options, new ListWork([]), { ...verified, auth: { ...auth, pass: 'x' } });
    await expect(wrong).rejects.toThrow(/AUTH was answered 535/);
  }
});

test('smtp-server with a SIZE: what is larger is refused before it is said', async () => {
  const work = new ListWork([{ ...mailTo('a@x.test'), sizeBytes: 2_000 }, mailTo('b@x.test')]);
  const { taken } = await deliver({ size: 1_000 }, work);
  expect(work.results).toMatchObject([{ reason: 'too-big' }, { disposition: 'accepted' }]);
  expect(taken).toHaveLength(1);
});

test('smtp-server with TLS from the first byte: also large content arrives whole', async () => {
  const large = `Subject: x\r\n\r\n${`.${'z'.repeat(70)}\r\n`.repeat(20_000)}`;
  const work = new ListWork([
    { ...mailTo('a@x.test'), content: () => message(large) },
    mailTo('b@x.test'),
  ]);
  const tls = { mode: 'implicit', ca: testCertificate } as const;
  const { taken, session } = await deliver({ secure: true }, work, { tls });
  expect(session.info.tls?.isVerified).toBe(true);
  expect(taken.map(({ content }) => content.length)).toEqual([large.length, message().length]);
  expect(taken[0]?.content).toBe(large);
});

test('TLS from the first byte against a server that speaks plaintext: no session, no hello', async () => {
  const attempt = deliver({}, new ListWork([]), { tls: { mode: 'implicit' } });
  await expect(attempt).rejects.toThrow(/TLS handshake failed/);
});
