/** F6, F7, F17: workers that are told to stop, replaced one after the other, or stopped in their tracks. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.ts';
import { LEASE_MS, until } from '../stage.ts';
import { copiesNow, epochsOf } from './strike.ts';

const RESTARTS = 10;
const DRAIN_MS = 30_000;

export const restartFaults: Fault[] = [
  {
    id: 'F6',
    what: 'SIGTERM in the middle of the campaign',
    expect: 'drained within 30 s, exit 0, nothing unknown',
    stage: { unknownMax: 0 },
    async run(stage) {
      const worker = await stage.startWorker();
      await stage.begin();
      const startedMs = performance.now();
      stage.struck('SIGTERM');
      const code = await worker.stop(DRAIN_MS);
      stage.workers.delete(worker);
      const seconds = (performance.now() - startedMs) / 1_000;
      stage.notes.push(`drained in ${seconds.toFixed(1)} s`);
      stage.demand(code === 0, `exit 0 within ${DRAIN_MS / 1_000} s (it was ${code})`);
      stage.demand((await stage.idsIn('sending')).size === 0, 'nothing was left fenced');
      stage.demand((await stage.idsIn('waiting')).size > 0, 'it was in the middle');
      await stage.startWorker();
      await stage.recovers();
    },
  },
  {
    id: 'F7',
    what: 'ten rolling restarts, two generations side by side',
    expect: 'nothing twice, nothing unknown',
    stage: { unknownMax: 0, recipients: 6_000 },
    async run(stage) {
      // There is one code: what differs between the generations, as it may in a rollout, is the settings they run with.
      const generation = (n: number) =>
        stage.startWorker({ tuning: { importBatch: 100 + n, idleMs: n % 2 === 0 ? 300 : 900 } });
      let [old, next] = [await generation(0), await generation(1)];
      await stage.begin();
      for (let n = 2; n < 2 + RESTARTS; n++) {
        stage.struck('SIGTERM');
        const code = await old.stop(DRAIN_MS);
        stage.workers.delete(old);
        stage.demand(code === 0, `restart ${n - 1} ended with exit 0 (it was ${code})`);
        [old, next] = [next, await generation(n)];
      }
      stage.demand(
        (await stage.idsIn('waiting')).size > 0,
        'the campaign was under way all the time',
      );
      await stage.recovers();
    },
  },
  {
    id: 'F17',
    what: 'SIGSTOP past the lease, then SIGCONT',
    expect: 'nothing is fenced with the old lease, nothing goes twice',
    queues: ['postgres', 'redis'],
    async run(stage) {
      const worker = await stage.startWorker();
      await stage.begin();
      worker.signal('SIGSTOP');
      stage.struck('SIGSTOP');
      const [owners, fenced] = [await epochsOf(stage), await stage.idsIn('sending')];
      const before = await copiesNow(stage);
      await sleep(LEASE_MS * 1.5);
      worker.signal('SIGCONT');
      // Until it has taken its lanes anew, only what was fenced before it was stopped may arrive.
      const isAnew = async () =>
        [...(await epochsOf(stage))].some(([lane, epoch]) => (owners.get(lane) ?? 0) < epoch);
      const settled = async () => new Set([...(await stage.idsIn('accepted')), ...fenced]);
      await until(isAnew, 'it took its lanes anew');
      const late = [...(await copiesNow(stage))].filter((id) => !before.has(id));
      const allowed = await settled();
      stage.demand(
        late.every((id) => allowed.has(id)),
        'only what was fenced before may complete',
      );
      await stage.recovers();
    },
  },
];
