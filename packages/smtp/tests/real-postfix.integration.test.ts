/**
 * Deliveries to Debian's Postfix, compared with what Postfix logged. Skipped aloud where it cannot be started; under CI it
 * fails instead.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConnectOptions } from '../src/node/index.ts';
import { Postfix, type PostfixKind, postfixObstacle } from './postfix.ts';
import { CarryingWork, countsOf, type ListWork, mailsTo, mailTo, open } from './support.ts';

const obstacle = postfixObstacle();
if (obstacle !== undefined) {
  const line = `SKIPPED: deliveries to Postfix, because ${obstacle}`;
  if (process.env.CI === 'true') throw new Error(line);
  console.warn(line);
}

const names = (count: number, tag: string) =>
  Array.from({ length: count }, (_, i) => `r${i + 1}-${tag}@receiver.test`);

describe.skipIf(obstacle !== undefined)('Postfix', () => {
  let postfix: Postfix;
  beforeAll(async () => {
    postfix = await Postfix.start();
  }, 60_000);
  afterAll(() => postfix?.stop());

  async function deliver<W extends ListWork>(
    kind: PostfixKind,
    work: W,
    more: Partial<ConnectOptions> = {},
  ) {
    const session = await open(postfix.ports[kind], more);
    const end = await session.run(work);
    await session.close();
    return { end, work, session };
  }

  /** Each accepted recipient was passed on under the queue id that its reply named, and nobody else was. */
  async function expectLogged(work: ListWork): Promise<void> {
    const byId = new Map<string, string[]>();
    for (const { disposition, recipient, reply } of work.results) {
      if (disposition !== 'accepted') continue;
      const id = /queued as (\w+)/.exec(reply?.text ?? '')?.[1] ?? 'none';
      byId.set(id, [...(byId.get(id) ?? []), recipient].sort());
    }
    for (const [id, recipients] of byId) {
      await expect
        .poll(async () => (await postfix.logged()).get(id)?.sort(), { timeout: 20_000 })
        .toEqual(recipients);
    }
  }

  test('one-to-one: 50 messages cost 52 round trips, refusals among them one each', async () => {
    const list = names(50, 'one');
    list[10] = 'dead-one@receiver.test';
    list[20] = 'later-one@receiver.test';
    const { work, end } = await deliver('plain', new CarryingWork(mailsTo(...list)));
    expect(end).toMatchObject({ reason: 'quit' });
    expect(end.counts.roundTrips).toBe(52);
    expect(work.results.filter(({ disposition }) => disposition === 'accepted')).toHaveLength(48);
    expect(work.results[10]).toMatchObject({ command: 'RCPT', reply: { enhanced: '5.1.1' } });
    expect(work.results[20]).toMatchObject({ command: 'RCPT', permanence: 'transient' });
    await expectLogged(work);
  });

  test('bulk: 100 recipients in one transaction', async () => {
    const list = names(100, 'bulk');
    list[5] = 'dead-bulk@receiver.test';
    const { work, end } = await deliver('plain', new CarryingWork([mailTo(...list)]));
    expect(end.counts).toMatchObject({ transactions: 1, roundTrips: 3 });
    expect(work.summary[0]).toBe('dead-bulk@receiver.test refused');
    expect(work.results.filter(({ disposition }) => disposition === 'accepted')).toHaveLength(99);
    await expectLogged(work);
  });

  test('without pipelining both modes work too', async () => {
    const one = await deliver('stepwise', new CarryingWork(mailsTo(...names(5, 'step'))));
    expect(one.session.info.isPipelining).toBe(false);
    const many = await deliver(
      'stepwise',
      new CarryingWork([mailTo('dead-step@receiver.test', ...names(5, 'stepbulk'))]),
    );
    for (const { work } of [one, many]) {
      expect(work.results.filter(({ disposition }) => disposition === 'accepted')).toHaveLength(5);
      await expectLogged(work);
    }
  });

  test('under TLS, resumed by the second session', async () => {
    let kept: Buffer | undefined;
    for (const isResumed of [false, true]) {
      const tls = {
        mode: 'required' as const,
        rejectUnauthorized: false,
        session: kept,
        onSession: (session: Buffer) => {
          kept = session;
        },
      };
      const list = names(3, `tls${isResumed}`);
      const { work, session, end } = await deliver('tls', new CarryingWork(mailsTo(...list)), {
        tls,
      });
      expect(session.info.tls).toMatchObject({ isResumed });
      expect(end.counts.roundTrips).toBe(3 + 4);
      await expectLogged(work);
    }
    const bulk = await deliver('tls', new CarryingWork([mailTo(...names(20, 'tlsbulk'))]), {
      tls: { mode: 'required', rejectUnauthorized: false },
    });
    expect(bulk.end.counts.transactions).toBe(1);
    expect(countsOf(bulk.work)).toEqual({ accepted: 20 });
    await expectLogged(bulk.work);
    const plain = await deliver('tls', new CarryingWork(mailsTo(...names(1, 'notls'))));
    expect(plain.work.results).toMatchObject([
      { command: 'MAIL', reply: { code: 530 }, scope: 'site' },
    ]);
  });

  test('a small smtpd_recipient_limit: the rest is carried over, and all arrive', async () => {
    const { work, end } = await deliver('capped', new CarryingWork([mailTo(...names(17, 'cap'))]));
    expect(work.results.filter(({ disposition }) => disposition === 'accepted')).toHaveLength(17);
    expect(end.counts.transactions).toBe(4);
    expect(
      work.results.find(({ disposition }) => disposition === 'carried-over')?.reply,
    ).toMatchObject({
      code: 452,
      enhanced: '4.5.3',
    });
    await expectLogged(work);
    const one = await deliver('capped', new CarryingWork(mailsTo(...names(7, 'capone'))));
    expect(countsOf(one.work)).toEqual({ accepted: 7 });
    await expectLogged(one.work);
  });

  test('a low junk limit: 30 messages without a refusal, because no RSET is said', async () => {
    const { work, end } = await deliver('junk', new CarryingWork(mailsTo(...names(30, 'junk'))));
    expect(end.reason).toBe('quit');
    expect(work.results.every(({ disposition }) => disposition === 'accepted')).toBe(true);
    await expectLogged(work);
    const transactions = Array.from({ length: 10 }, (_, i) => mailTo(...names(3, `junkbulk${i}`)));
    const bulk = await deliver('junk', new CarryingWork(transactions));
    expect(bulk.end.reason).toBe('quit');
    expect(countsOf(bulk.work)).toEqual({ accepted: 30 });
    await expectLogged(bulk.work);
  });

  test('a low junk and error limit, hit by refusals: Postfix leaves, and nobody is bounced for it', async () => {
    const list = [
      ...names(1, 'before'),
      ...names(8, 'junk').map((name) => `dead-${name}`),
      ...names(3, 'after'),
    ];
    const { work, end } = await deliver('junk', new CarryingWork(mailsTo(...list)));
    for (const { recipient, disposition, permanence, reply } of work.results) {
      if (disposition === 'accepted') expect(recipient).not.toMatch(/^dead-/);
      else if (permanence === 'permanent')
        expect([recipient, reply?.enhanced]).toEqual([expect.stringMatching(/^dead-/), '5.1.1']);
    }
    expect(work.summary[0]).toBe('r1-before@receiver.test accepted');
    expect(end).toMatchObject({ reason: 'refused', failure: { reply: { code: 421 } } });
    await expectLogged(work);
  });

  test('greylisting by policy: deferred first, accepted when it comes again', async () => {
    const list = names(3, 'grey');
    const first = await deliver('greylisting', new CarryingWork(mailsTo(...list)));
    expect(first.work.results).toMatchObject(
      list.map(() => ({ disposition: 'refused', command: 'RCPT', permanence: 'transient' })),
    );
    const second = await deliver('greylisting', new CarryingWork(mailsTo(...list)));
    expect(second.work.results.every(({ disposition }) => disposition === 'accepted')).toBe(true);
    await expectLogged(second.work);
    // In bulk those who are known are accepted, and the others are not taken for ones over a cap for ever.
    const mixed = [...list, ...names(3, 'greybulk')];
    const third = await deliver('greylisting', new CarryingWork([mailTo(...mixed)]));
    expect(countsOf(third.work)).toMatchObject({ accepted: 6, 'carried-over': 3 });
    await expectLogged(third.work);
  });
});
