/**
 * The stage of one fault: a database, a receiver, workers that can be killed, a campaign that the fault strikes, and a quiet
 * neighbour's beside it. It keeps what the invariants need: strikes, rates, peaks, and what the fault demands.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { asWorker, closeDb, openDb } from '@hikyaku/db';
import type { TestDatabase } from '@hikyaku/testkit/postgres';
import { type ReceiverProcess, startReceiverProcess } from '@hikyaku/testkit/receiver-process';
import { type RedisServer, startRedis } from '@hikyaku/testkit/redis-server';
import { type CampaignOptions, openScenario, type Scenario } from '@hikyaku/testkit/scenario';
import {
  type ScriptedPeer,
  type ScriptedPeerOptions,
  startScriptedPeer,
} from '@hikyaku/testkit/scripted-peer';
import { startWorkerProcess, type WorkerProcess } from '@hikyaku/testkit/worker-process';
import { NotStruck, type QueueBackend } from './fault.ts';
import { Pace } from './pace.ts';
import { ProcessWatch } from './process-watch.ts';
import type { World } from './world.ts';

/** The default is 30 s: whatever is counted in leases runs at a fifteenth. */
export const LEASE_MS = 2_000;
/** What has to come about comes long before; only a fault that is never overcome waits so long. */
const WAIT_MS = 60_000;
/** I5's 60 s are two leases, so 4 s here; starting a process and a busy machine do not scale, and get the rest. */
const RECOVERY_MS = 2 * LEASE_MS + 26_000;
const RATE_SHARE = 0.9;
/** What goes to many at once names nobody. */
const NOTICE = { subject: 'お知らせ', html: '<p>保守を行います。</p>', text: '保守を行います。\n' };

export interface StageOptions {
  /** Sessions to a site. */
  sessions?: number;
  recipients?: number;
  /** Before each group of replies: it is the receiver that sets the pace, not the machine. */
  latencyMs?: number;
  tuning?: Record<string, unknown>;
  /** As many as the receiver takes in the main campaign: more than one makes it a bulk campaign. */
  recipientsPerTransaction?: number;
  /** Of unknown deliveries; default: the recipients of two transactions for each session that was open, at each strike. */
  unknownMax?: number;
  /** I7, where a message of the fault is large by itself. */
  memoryMaxBytes?: number;
}

export class Stage {
  readonly world: World;
  readonly queue: QueueBackend;
  readonly options: Required<Omit<StageOptions, 'unknownMax'>> & Pick<StageOptions, 'unknownMax'>;
  readonly database: TestDatabase;
  readonly scenario: Scenario;
  readonly receiver: ReceiverProcess;
  readonly redis: RedisServer | undefined;
  readonly pace: Pace;
  readonly watch = new ProcessWatch();
  readonly peers = new Map<string, ScriptedPeer>();
  readonly workers = new Set<WorkerProcess>();
  /** Every campaign, with how many rows it has to have. */
  readonly campaigns = new Map<string, number>();
  readonly strikes: string[] = [];
  /** What did not hold, in words. */
  readonly problems: string[] = [];
  /** Said in the line of the fault. */
  readonly notes: string[] = [];
  /** Delivery ids that were fenced when their worker was killed: they must end unknown. */
  readonly fencedAtKill = new Set<string>();
  rateBefore = 0;
  recoveredMs: number | undefined;
  /** Epoch ms of the first strike, and of the end of the last. */
  struckAtMs: number | undefined;
  endedAtMs: number | undefined;
  tenantId = '';

  private constructor(
    world: World,
    queue: QueueBackend,
    options: StageOptions,
    parts: Pick<Stage, 'database' | 'scenario' | 'receiver' | 'redis'>,
  ) {
    this.world = world;
    this.queue = queue;
    this.options = {
      ...{ sessions: 4, recipients: 4_000, latencyMs: 40, tuning: {}, recipientsPerTransaction: 1 },
      memoryMaxBytes: 512 * 1_024 * 1_024,
      ...options,
    };
    this.database = parts.database;
    this.scenario = parts.scenario;
    this.receiver = parts.receiver;
    this.redis = parts.redis;
    this.pace = new Pace(parts.receiver, 'main');
  }

  static async open(world: World, queue: QueueBackend, options: StageOptions = {}): Promise<Stage> {
    const database = await world.createDatabase();
    const latencyMs = options.latencyMs ?? 40;
    const receiver = await startReceiverProcess({
      journalSync: 'batch',
      config: {
        destinations: [
          {
            name: 'main',
            domains: ['main.example'],
            manners: { latencyMs, recipientsMaxPerTransaction: options.recipientsPerTransaction },
          },
          { name: 'neighbour', domains: ['neighbour.example'], manners: { latencyMs: 80 } },
          { name: 'others', domains: ['*'] },
        ],
      },
    });
    const stage = new Stage(world, queue, options, {
      database,
      receiver,
      scenario: await openScenario(database.superuserUrl),
      redis: queue === 'redis' ? await startRedis() : undefined,
    });
    stage.tenantId = await stage.scenario.tenant({ name: 'Main' });
    return stage;
  }

  /** A peer that behaves as told, and the route to it. Before the first worker starts. */
  async peer(domain: string, options: ScriptedPeerOptions): Promise<ScriptedPeer> {
    const peer = await startScriptedPeer(options);
    this.peers.set(domain, peer);
    return peer;
  }

  async startWorker(
    given: {
      workerUrl?: string;
      tuning?: Record<string, unknown>;
      env?: Record<string, string>;
    } = {},
  ): Promise<WorkerProcess> {
    const peers = [...this.peers].map(([domain, peer]) => `${domain} = 127.0.0.1:${peer.port}\n`);
    const { sessions, tuning, recipientsPerTransaction } = this.options;
    const worker = await startWorkerProcess({
      database: { ...this.database, ...(given.workerUrl && { workerUrl: given.workerUrl }) },
      routes: peers.join('') + this.receiver.routes,
      redisUrl: this.redis?.url,
      env: given.env,
      tuning: {
        leaseMs: LEASE_MS,
        timerMs: 100,
        busyMin: 20,
        sessionsPerSite: sessions,
        sessionsAtStart: sessions,
        recipientsPerTransaction,
        ...tuning,
        ...given.tuning,
      },
    });
    this.workers.add(worker);
    this.watch.add(worker.pid);
    return worker;
  }

  /** A campaign to these people, of the main tenant unless said otherwise. */
  async campaign(
    emails: readonly string[],
    options: Partial<CampaignOptions> & { rows?: number } = {},
  ): Promise<string> {
    const tenantId = options.tenantId ?? this.tenantId;
    const listId = options.listId ?? (await this.scenario.list(tenantId, emails));
    const id = await this.scenario.campaign({ ...options, tenantId, listId });
    this.campaigns.set(id, options.rows ?? emails.length);
    return id;
  }

  /** Begins the main campaign and the neighbour's, and waits until mail flows evenly. Returns the main one's id. */
  async begin(): Promise<string> {
    await this.beginNeighbour();
    const { recipients, recipientsPerTransaction: size } = this.options;
    const bulk = size > 1 ? ({ mode: 'bulk', content: NOTICE } as const) : {};
    const id = await this.campaign(people(recipients, 'main.example'), bulk);
    await this.flows(60);
    return id;
  }

  async beginNeighbour(): Promise<string> {
    const tenantId = await this.scenario.tenant({ name: 'Neighbour' });
    return this.campaign(people(1_500, 'neighbour.example'), { tenantId });
  }

  /** Waits for so many accepted messages, and for a rate to compare with. */
  async flows(atLeast: number): Promise<void> {
    await until(() => this.pace.accepted >= atLeast, 'mail began to flow');
    const sinceMs = performance.now();
    await until(() => this.pace.rate(sinceMs) > 0, 'a rate could be measured');
    this.rateBefore = this.pace.rate(sinceMs);
  }

  /** Something broke: `what` names it. */
  struck(what: string): void {
    this.struckAtMs ??= Date.now();
    this.strikes.push(what);
  }

  demand(isSo: boolean, what: string): void {
    if (!isSo) this.problems.push(what);
  }

  /** I5: within its time from now, the main campaign goes as fast as before. */
  async recovers(withinMs = RECOVERY_MS): Promise<void> {
    this.endedAtMs = Date.now();
    const sinceMs = performance.now();
    const wanted = this.rateBefore * RATE_SHARE;
    let best = 0;
    while (performance.now() - sinceMs < withinMs) {
      best = Math.max(best, this.pace.rate(sinceMs));
      if (best >= wanted) {
        this.recoveredMs = performance.now() - sinceMs;
        return;
      }
      await sleep(50);
    }
    this.problems.push(
      `I5: ${Math.round(best)}/s at most within ${withinMs / 1_000} s, ${Math.round(this.rateBefore)}/s before`,
    );
  }

  /** Takes the brakes off and waits until every campaign has ended. */
  async complete(): Promise<void> {
    this.endedAtMs ??= Date.now();
    for (const name of ['main', 'neighbour'])
      await this.receiver.setManners(name, { latencyMs: 0 });
    for (const id of this.campaigns.keys())
      await this.scenario.until(
        id,
        (_, state) => state === 'finished' || state === 'cancelled',
        WAIT_MS * 2,
      );
    await until(async () => {
      const rows = await this.query(`select 1 from delivery where state = 'sending' limit 1`);
      return rows.length === 0;
    }, 'every outcome was settled');
  }

  query<Row extends object = Record<string, unknown>>(text: string, values: unknown[] = []) {
    return this.scenario.query<Row & Record<string, unknown>>(text, values);
  }

  /** Ids of deliveries in this state. */
  async idsIn(...states: string[]): Promise<Set<string>> {
    const rows = await this.query<{ id: string }>(
      'select id from delivery where state = any($1::delivery_state[])',
      [states],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** The address of a main delivery whose turn comes in a second or two: time enough to lie in wait for it. */
  async upcoming(campaignId: string): Promise<string> {
    const ahead = Math.ceil(this.rateBefore * 1.5);
    const rows = await this.query<{ email: string }>(
      `select email from delivery where campaign_id = $1 and state = 'waiting' order by id offset $2 limit 1`,
      [campaignId, ahead],
    );
    if (!rows[0]) throw new NotStruck('nobody was waiting any more');
    return rows[0].email;
  }

  /** Runs a statement in a transaction that stays open, with its locks, until it is released. */
  async hold(text: string, values: unknown[] = []): Promise<Held> {
    const db = openDb({ url: this.database.superuserUrl, max: 1, applicationName: 'faults-hold' });
    const [taken, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const over = asWorker(db).transaction(async (client) => {
      await client.query(text, values);
      taken.resolve();
      await released.promise;
    });
    over.catch(taken.reject);
    await taken.promise;
    return {
      release: async () => {
        released.resolve();
        await over;
        await closeDb(db);
      },
    };
  }

  /** The worker is dead: notes what it had fenced, once the server has given up its connections. */
  async noteKill(worker: WorkerProcess): Promise<void> {
    await worker.kill();
    this.workers.delete(worker);
    // A statement that waits for a lock would be carried out for a dead client when the lock goes.
    await this.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name like 'hikyaku-%' and wait_event_type = 'Lock'`,
    );
    await until(async () => {
      const rows = await this.query(
        `select 1 from pg_stat_activity where datname = current_database() and application_name like 'hikyaku-%'`,
      );
      return rows.length === 0 || this.workers.size > 0;
    }, 'the server gave up the dead worker');
    for (const id of await this.idsIn('sending')) this.fencedAtKill.add(id);
  }

  async close(): Promise<void> {
    this.watch.stop();
    await this.pace.stop();
    await Promise.all([...this.workers].map((worker) => worker.stop(20_000)));
    for (const peer of this.peers.values()) await peer.stop();
    await this.redis?.stop();
    await this.receiver.stop();
    await this.scenario.close();
    await this.database.drop();
  }
}

export interface Held {
  /** Commits, and lets go. */
  release(): Promise<void>;
}

export function people(count: number, domain: string): string[] {
  return Array.from({ length: count }, (_, i) => `p${i}@${domain}`);
}

/** Polls; rejects with what was waited for after `timeoutMs`. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  what: string,
  timeoutMs = WAIT_MS,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await isSo())) {
    if (performance.now() > deadline)
      throw new Error(`waited ${timeoutMs / 1_000} s in vain until ${what}`);
    await sleep(30);
  }
}
