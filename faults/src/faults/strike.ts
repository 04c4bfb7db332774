/** Ways to strike that several faults share: a trigger of the receiver, and a worker killed by one. */
import type { ReceiverTrigger } from '@hikyaku/testkit/receiver-process';
import type { WorkerProcess } from '@hikyaku/testkit/worker-process';
import { NotStruck } from '../fault.ts';
import { type Stage, until } from '../stage.ts';

/** Arms a trigger and resolves when it has struck `times` times. Throws NotStruck where it does not. */
export async function strikeAt(
  stage: Stage,
  trigger: ReceiverTrigger,
  what: string,
): Promise<void> {
  const report = await stage.receiver.trigger(trigger);
  const times = trigger.times ?? 1;
  await until(async () => (await report()).struck >= times, `${what} struck`, 30_000).catch(() => {
    throw new NotStruck(`${what} did not strike within 30 s`);
  });
  for (let i = 0; i < times; i++) stage.struck(what);
}

/** Kills the worker with -9 when a message to `recipient` is at `when`, and notes what was fenced then. */
export async function killAt(
  stage: Stage,
  worker: WorkerProcess,
  trigger: Omit<ReceiverTrigger, 'action'>,
  what: string,
): Promise<void> {
  await strikeAt(stage, { ...trigger, action: { do: 'kill', pid: worker.pid } }, what);
  await stage.noteKill(worker);
}

/** What became of one delivery: its state, and how many copies the receiver has. */
export async function fateOf(
  stage: Stage,
  email: string,
): Promise<{ state: string; copies: number }> {
  const [row] = await stage.query<{ state: string }>(
    'select state from delivery where email = $1',
    [email],
  );
  const copies = stage.receiver.accepted().filter(({ recipient }) => recipient === email).length;
  return { state: row?.state ?? 'missing', copies };
}

/** Delivery ids of which the receiver has a copy now. */
export async function copiesNow(stage: Stage): Promise<Set<string>> {
  return new Set(stage.receiver.accepted().map(({ headerDeliveryId }) => headerDeliveryId ?? ''));
}

/** The epoch of each lane that is owned now: it grows when a lane changes hands, and not while its owner renews the lease. */
export async function epochsOf(stage: Stage): Promise<Map<string, number>> {
  const rows = await stage.query<{ id: string; epoch: number }>(
    'select id, epoch from lane where owner is not null',
  );
  return new Map(rows.map(({ id, epoch }) => [id, epoch]));
}
