/** F1–F5: the worker is killed with -9 at a named byte of one message, and another one takes over. */
import { startHook } from '@hikyaku/testkit/hook';
import type { WorkerProcess } from '@hikyaku/testkit/worker-process';
import type { Fault } from '../fault.ts';
import { type Held, people, type Stage, type StageOptions, until } from '../stage.ts';
import { fateOf, killAt, strikeAt } from './strike.ts';

/** Twelve people share a transaction; slower, for it goes so much further with each reply. */
const BULK: StageOptions = { recipientsPerTransaction: 12, recipients: 20_000, latencyMs: 100 };

/** Kills in the middle of the campaign, starts the next worker, and says what the victim's row has to be in the end. */
async function struckThenTakenOver(
  stage: Stage,
  kill: (worker: WorkerProcess, victim: string) => Promise<void>,
  copies: number,
): Promise<void> {
  const worker = await stage.startWorker();
  const campaign = await stage.begin();
  const victim = await stage.upcoming(campaign);
  await kill(worker, victim);
  const { state } = await fateOf(stage, victim);
  stage.demand(state === 'sending', `the victim was fenced when the worker died (it is ${state})`);
  await stage.startWorker();
  await stage.recovers();
  const fate = await fateOf(stage, victim);
  stage.demand(fate.state === 'unknown', `the victim is unknown (it is ${fate.state})`);
  stage.demand(fate.copies === copies, `the receiver has ${copies} of it (it has ${fate.copies})`);
}

export const killFaults: Fault[] = [
  {
    id: 'F1',
    what: 'kill -9 between connect and RCPT',
    expect: 'who was not fenced is tried again after the lease; who was may be unknown',
    async run(stage) {
      let worker = await stage.startWorker();
      // The first session has no mail behind it yet; the second strike meets sessions at work.
      const first = killAt(
        stage,
        worker,
        { when: 'connect', destination: 'main' },
        'kill at connect',
      );
      await stage.beginNeighbour();
      const campaign = await stage.campaign(people(stage.options.recipients, 'main.example'));
      await first;
      worker = await stage.startWorker();
      await stage.flows(60);
      await killAt(stage, worker, { when: 'mail', destination: 'main', nth: 50 }, 'kill at MAIL');
      const waiting = await stage.idsIn('waiting');
      await stage.startWorker();
      await stage.recovers();
      await stage.complete();
      const rows = await stage.query<{ id: string; state: string }>(
        'select id, state from delivery where campaign_id = $1',
        [campaign],
      );
      const left = rows.filter(({ id, state }) => waiting.has(id) && state !== 'accepted');
      stage.demand(
        left.length === 0,
        `${left.length} who were not fenced were not sent afterwards`,
      );
    },
  },
  {
    id: 'F2',
    what: 'kill -9 in the middle of content',
    expect: 'that one is unknown, the receiver has none',
    run: (stage) =>
      struckThenTakenOver(
        stage,
        (worker, recipient) =>
          killAt(
            stage,
            worker,
            { when: 'content-bytes', bytes: 200, recipient },
            'kill at byte 200',
          ),
        0,
      ),
  },
  {
    id: 'F3',
    what: 'kill -9 after the fence, before the dot',
    expect: 'unknown, though the receiver has none',
    run: (stage) =>
      struckThenTakenOver(
        stage,
        async (worker, recipient) => {
          // The receiver holds its 354 until the fence stands: no byte of content, and no dot, can have left.
          const killed = Promise.withResolvers<void>();
          const hook = await startHook(async () => {
            const isFenced = async () => (await fateOf(stage, recipient)).state === 'sending';
            await until(isFenced, 'the fence stood', 20_000)
              .then(worker.kill)
              .then(killed.resolve, killed.reject);
          });
          const action = { do: 'hook', url: hook.url } as const;
          await strikeAt(
            stage,
            { when: 'data', recipient, action },
            'kill between fence and content',
          );
          await killed.promise;
          await stage.noteKill(worker);
          hook.close();
        },
        0,
      ),
  },
  {
    id: 'F4',
    what: 'kill -9 between dot and reply',
    expect: 'unknown, the receiver has one; I3',
    run: killedAtTheDot,
  },
  {
    id: 'F4',
    what: 'kill -9 between dot and reply, in bulk',
    expect: 'everybody of the transaction is unknown, the receiver has one for each; I3',
    stage: BULK,
    run: killedAtTheDot,
  },
  {
    id: 'F5',
    what: 'kill -9 after 250, before settle',
    expect: 'unknown, the receiver has one',
    run: killedBehindTheReply,
  },
  {
    id: 'F5',
    what: 'kill -9 after 250, before settle, in bulk',
    expect: 'everybody of the transaction is unknown, the receiver has one for each',
    stage: BULK,
    run: killedBehindTheReply,
  },
];

function killedAtTheDot(stage: Stage): Promise<void> {
  return struckThenTakenOver(
    stage,
    (worker, recipient) =>
      killAt(stage, worker, { when: 'dot-received', recipient }, 'kill at the dot'),
    1,
  );
}

function killedBehindTheReply(stage: Stage): Promise<void> {
  return struckThenTakenOver(
    stage,
    async (worker, recipient) => {
      const held = Promise.withResolvers<Held>();
      const hook = await startHook(async () => {
        const lock = 'select 1 from delivery where email = $1 for update';
        await stage.hold(lock, [recipient]).then(held.resolve, held.reject);
      });
      const action = { do: 'hook', url: hook.url } as const;
      // The row is locked before the 250 leaves, so that the settle cannot be faster than the kill.
      await stage.receiver.trigger({ when: 'dot-received', recipient, action });
      await killAt(stage, worker, { when: 'after-reply', recipient }, 'kill behind the 250');
      hook.close();
      await (await held.promise).release();
    },
    1,
  );
}
