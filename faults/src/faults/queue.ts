/** F12–F15: the queue loses everything, drops keys, hands a job out twice. It only hands work out: nothing may come of it. */

import { asWorker, closeDb, openDb } from '@hikyaku/db';
import { beginLaunch } from '@hikyaku/db/worker';
import { startRedis } from '@hikyaku/testkit/redis-server';
import { startWorkerProcess } from '@hikyaku/testkit/worker-process';
import type { Fault } from '../fault.ts';
import { people, type Stage, until } from '../stage.ts';
import { epochsOf } from './strike.ts';

const BOTH = ['postgres', 'redis'] as const;
const EVICTING = ['allkeys-lru', 'volatile-lru', 'allkeys-random', 'volatile-ttl'];

export const queueFaults: Fault[] = [
  {
    id: 'F12',
    what: 'everything in the queue is lost, three times; Redis is also killed and comes back empty',
    expect: 'the timer puts the jobs back; no delivery is lost',
    queues: BOTH,
    // One lane at a time: the others wait in the queue, and are lost with it.
    stage: { unknownMax: 0, tuning: { lanesPerWorker: 1 } },
    async run(stage) {
      await stage.startWorker();
      // Slow enough that lanes still wait for their turn at the last loss.
      await stage.receiver.setManners('others', { latencyMs: 150 });
      const sites = Array.from({ length: 6 }, (_, i) => people(60, `site${i}.example`)).flat();
      const waiting = await stage.campaign(sites);
      await stage.campaign(people(400, 'main.example'));
      await until(async () => (await stage.idsIn('accepted')).size >= 20, 'mail began to flow');
      for (let n = 0; n < 3; n++) {
        stage.demand(await isUnderWay(stage, waiting), 'lanes waited in the queue');
        await loseQueue(stage, n);
        const launched = await stage.campaign(people(20, `late${n}.example`));
        await stage.scenario.until(launched, (_, state) => state !== 'scheduled');
      }
      await stage.receiver.setManners('others', { latencyMs: 0 });
      const startedMs = performance.now();
      await stage.complete();
      stage.notes.push(`all sent ${((performance.now() - startedMs) / 1_000).toFixed(1)} s later`);
    },
  },
  {
    id: 'F13',
    what: 'Redis with an eviction policy',
    expect: 'the worker refuses to start and says what to set',
    async run(stage) {
      const redis = await startRedis();
      try {
        for (const policy of EVICTING) {
          await redis.command(`CONFIG SET maxmemory-policy ${policy}`);
          stage.struck(policy);
          const said = await startWorkerProcess({
            database: stage.database,
            routes: stage.receiver.routes,
            redisUrl: redis.url,
          }).then(
            (worker) => worker.kill().then(() => 'it started'),
            (error: Error) => error.message,
          );
          stage.demand(
            /Set maxmemory-policy noeviction/.test(said),
            `refused with ${policy}: ${said}`,
          );
        }
      } finally {
        await redis.stop();
      }
    },
  },
  {
    id: 'F14',
    what: 'a stalled job runs twice: its worker is stopped, another takes over, the first wakes up',
    expect: 'the first has lost its epoch: it fences nothing, nothing goes twice',
    queues: BOTH,
    async run(stage) {
      const first = await stage.startWorker();
      await stage.begin();
      await stage.startWorker();
      const epochs = await epochsOf(stage);
      first.signal('SIGSTOP');
      stage.struck('SIGSTOP');
      const isTaken = async () => {
        const now = await epochsOf(stage);
        return [...epochs].every(([lane, epoch]) => (now.get(lane) ?? 0) > epoch);
      };
      await until(isTaken, 'the other worker took the lanes', 30_000);
      const taken = await epochsOf(stage);
      first.signal('SIGCONT');
      await stage.recovers();
      const now = await epochsOf(stage);
      const moved = [...taken].filter(([lane, epoch]) => now.get(lane) !== epoch);
      stage.demand(
        moved.length === 0,
        `${moved.length} lanes went back to the worker that had lost them`,
      );
    },
  },
  {
    id: 'F15',
    what: 'a launch begun by two workers and by hand, asked for again and again',
    expect: 'one snapshot of the audience: each person once, one total',
    queues: BOTH,
    stage: { unknownMax: 0, tuning: { launchChunk: 25 } },
    async run(stage) {
      await stage.startWorker();
      await stage.startWorker();
      const db = openDb({ url: stage.database.workerUrl, max: 4 });
      try {
        const emails = people(2_000, 'others.example');
        const id = await stage.campaign(emails);
        const press = () => beginLaunch(asWorker(db), id);
        const ask = () => stage.query(`select pg_notify('hikyaku_due', '')`);
        for (let n = 0; n < 20; n++) {
          await Promise.all([press(), press(), ask()]);
          stage.struck('launch');
        }
        await stage.complete();
        const [row] = await stage.query<{ total: number; rows: number; people: number }>(
          `select c.total, count(*)::int as rows, count(distinct d.email)::int as people
             from campaign c join delivery d on d.campaign_id = c.id where c.id = $1 group by 1`,
          [id],
        );
        const isOne =
          row?.total === emails.length && row.rows === row.total && row.people === row.total;
        stage.demand(isOne, `one snapshot of ${emails.length} (it is ${JSON.stringify(row)})`);
      } finally {
        await closeDb(db);
      }
    },
  },
];

async function isUnderWay(stage: Stage, campaign: string): Promise<boolean> {
  return ((await stage.scenario.states(campaign)).waiting ?? 0) > 0;
}

async function loseQueue(stage: Stage, n: number): Promise<void> {
  if (stage.redis) {
    stage.struck(n === 1 ? 'Redis killed' : 'FLUSHALL');
    if (n === 1) return stage.redis.restartEmpty();
    await stage.redis.command('FLUSHALL');
    return;
  }
  const tables = await stage.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname = 'bullmq' and tablename not in ('meta', 'migration')`,
  );
  stage.struck('queue truncated');
  await stage.query(`truncate ${tables.map(({ name }) => name).join(', ')} cascade`);
}
