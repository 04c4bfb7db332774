/** F8–F11, F16: the database goes, refuses, hangs, or cannot be reached, while sessions stand. No database, no dot. */
import { setTimeout as sleep } from 'node:timers/promises';
import { asWorker, closeDb, openDb } from '@hikyaku/db';
import { startCutProxy } from '@hikyaku/testkit/cut-proxy';
import { type Fault, NotStruck } from '../fault.ts';
import { LEASE_MS, type Stage, until } from '../stage.ts';
import { copiesNow, epochsOf } from './strike.ts';

/** Long enough that leases run out, and that whatever was on its way has arrived. */
const OUTAGE_MS = LEASE_MS * 1.5;

/** What the worker says of itself to an orchestrator. */
export async function healthOf(port: number): Promise<{ ok: boolean; writes: boolean }> {
  const response = await fetch(`http://127.0.0.1:${port}/health`);
  return (await response.json()) as { ok: boolean; writes: boolean };
}

export const databaseFaults: Fault[] = [
  {
    id: 'F8',
    what: 'Postgres is killed and restarted',
    expect: 'no fence while it is down; only what was fenced before may complete',
    queues: ['postgres', 'redis'],
    async run(stage) {
      await stage.startWorker();
      await stage.begin();
      const { sessionsPeak } = await mainStats(stage);
      await stage.world.killPostgres();
      stage.struck('Postgres killed');
      const atDown = (await copiesNow(stage)).size;
      await sleep(OUTAGE_MS);
      const during = (await copiesNow(stage)).size - atDown;
      // Its rows cannot be asked for now: at most the fenced one and one unsettled of each session, and of the neighbour's.
      stage.demand(during <= 4 * sessionsPeak, `${during} arrived while the database was down`);
      stage.notes.push(`${during} arrived while it was down`);
      await stage.world.startPostgres();
      await stage.recovers();
    },
  },
  {
    id: 'F9',
    what: 'Postgres turns read-only',
    expect: 'sending stops, health says so, and it resumes by itself',
    async run(stage) {
      const worker = await stage.startWorker();
      await stage.begin();
      await setting(stage, 'default_transaction_read_only', 'on');
      try {
        stage.struck('read-only');
        await until(() => isStill(stage), 'sending stopped', 20_000);
        const before = await copiesNow(stage);
        const saysSo = async () => (await healthOf(worker.healthPort)).writes === false;
        await until(saysSo, 'health said so', 20_000);
        await sleep(OUTAGE_MS);
        stage.demand((await copiesNow(stage)).size === before.size, 'the journal stood still');
      } finally {
        await setting(stage, 'default_transaction_read_only', 'off');
      }
      await stage.recovers();
      const { ok } = await healthOf(worker.healthPort);
      stage.demand(ok === true, 'health says that all is well again');
    },
  },
  {
    id: 'F10',
    what: 'connections exhausted behind a lock on the delivery table, longer than a lease',
    expect: 'no lease is lost, nothing is unknown',
    stage: { unknownMax: 0 },
    async run(stage) {
      await stage.startWorker();
      await stage.begin();
      const epochs = await epochsOf(stage);
      const lock = await stage.hold('lock table delivery in access exclusive mode');
      stage.struck('table locked');
      const release = await takeAllConnections(stage);
      stage.struck('no connection left');
      await sleep(OUTAGE_MS);
      const [waiting] = await stage.query<{ n: number }>(
        `select count(*)::int as n from pg_stat_activity
          where datname = current_database() and application_name like 'hikyaku-%' and wait_event_type = 'Lock'`,
      );
      await release();
      await lock.release();
      stage.notes.push(`${waiting?.n} connections hung`);
      stage.demand((waiting?.n ?? 0) > 0, 'connections hung');
      await stage.recovers();
      const now = await epochsOf(stage);
      const moved = [...epochs].filter(([lane, epoch]) => now.get(lane) !== epoch);
      stage.demand(moved.length === 0, `${moved.length} lanes changed hands`);
    },
  },
  {
    id: 'F11',
    what: 'settles fail after the 250; then the worker is killed, too',
    expect: 'held and tried again, nothing unknown; after the kill what was held is unknown',
    async run(stage) {
      const worker = await stage.startWorker();
      await stage.begin();
      await refuseSettles(stage, true);
      stage.struck('settles fail');
      await until(() => isStill(stage), 'sending waited for the log', 20_000);
      await sleep(OUTAGE_MS);
      await refuseSettles(stage, false);
      await stage.recovers();
      stage.demand(
        (await stage.idsIn('unknown')).size === 0,
        'nothing unknown after a while without settles',
      );
      await refuseSettles(stage, true);
      await until(() => isStill(stage), 'sending waited for the log', 20_000);
      stage.struck('kill -9 with settles held');
      await stage.noteKill(worker);
      stage.demand(stage.fencedAtKill.size > 0, 'something was held');
      await refuseSettles(stage, false);
      await stage.startWorker();
      await stage.recovers();
    },
  },
  {
    id: 'F16',
    what: 'worker cut from Postgres while its sessions stand',
    expect: 'no new fence; only what was fenced before may complete',
    queues: ['redis', 'postgres'],
    async run(stage) {
      const proxy = await startCutProxy(stage.world.postgresPort);
      const through = new URL(stage.database.workerUrl);
      through.port = String(proxy.port);
      await stage.startWorker({ workerUrl: through.href });
      await stage.begin();
      proxy.cut();
      stage.struck('cut');
      // What was on its way into the server is carried out; behind that nothing gets in.
      await sleep(200);
      const fenced = await stage.idsIn('sending', 'accepted');
      await sleep(OUTAGE_MS);
      const later = await stage.idsIn('sending', 'accepted');
      stage.demand(
        [...later].every((id) => fenced.has(id)),
        'no fence while it was cut off',
      );
      const strangers = [...(await copiesNow(stage))].filter((id) => !fenced.has(id));
      stage.demand(
        strangers.length === 0,
        `${strangers.length} arrived that were not fenced before`,
      );
      proxy.heal();
      await stage.recovers();
      await stage.complete();
      for (const worker of stage.workers) await worker.stop(20_000);
      stage.workers.clear();
      await proxy.stop();
    },
  },
];

const mainStats = async (stage: Stage) =>
  (await stage.receiver.stats()).find(({ name }) => name === 'main') as { sessionsPeak: number };

/** As many as the server gives, all in use; what is returned gives them back. Throws where the server never said no. */
async function takeAllConnections(stage: Stage): Promise<() => Promise<void>> {
  const db = openDb({ url: stage.database.workerUrl, max: 400, applicationName: 'crowd' });
  const crowd = asWorker(db);
  const over = Promise.withResolvers<void>();
  let [taken, refused] = [0, 0];
  const all = Array.from({ length: 400 }, () =>
    crowd
      .transaction(async (client) => {
        await client.query('select 1');
        taken += 1;
        await over.promise;
      })
      .catch(() => {
        refused += 1;
      }),
  );
  await until(() => taken + refused === all.length, 'the server had no connection left');
  if (refused === 0) throw new NotStruck('the server never ran out of connections');
  return async () => {
    over.resolve();
    await Promise.all(all);
    await closeDb(db);
  };
}

/** Nothing has arrived for half a second. */
export async function isStill(stage: Stage): Promise<boolean> {
  const before = (await copiesNow(stage)).size;
  await sleep(500);
  return (await copiesNow(stage)).size === before;
}

/** For the whole server, at once: ALTER SYSTEM is allowed to a server that only reads. */
async function setting(stage: Stage, name: string, value: string): Promise<void> {
  await stage.query(`alter system set ${name} = '${value}'`);
  await stage.query('select pg_reload_conf()');
}

/** As the superuser and by trigger: the worker's own statement is what fails. */
async function refuseSettles(stage: Stage, isRefused: boolean): Promise<void> {
  if (!isRefused) {
    await stage.query('drop trigger faults_refuse on delivery_event');
    return;
  }
  await stage.query(
    `create or replace function faults_refuse() returns trigger language plpgsql as $$
     begin raise exception 'the log takes nothing'; end $$`,
  );
  await stage.query(
    `create trigger faults_refuse before insert on delivery_event for each row execute function faults_refuse()`,
  );
}
