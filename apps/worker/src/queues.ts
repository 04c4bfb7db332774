/**
 * BullMQ over its Postgres backend, or over Redis where REDIS_URL is set. The queue only hands work out: what is due is
 * known by Postgres, and losing the queue loses nothing.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { createPostgresBackend, Queue, Worker, type WorkerOptions } from 'bullmq';
import { Redis } from 'ioredis';
import type { Logger } from 'pino';
import type { Config } from './env.ts';
import type { JobDefinition } from './jobs/registry.ts';

export interface Queues {
  /** Adds a job unless one of that id is there. `id` must not be all digits and must not hold a colon. */
  add(job: string, id: string, payload: object): Promise<void>;
  /** Takes no further jobs and waits for those under way. */
  close(): Promise<void>;
}

export async function openQueues(
  config: Config,
  jobs: readonly JobDefinition[],
  logger: Logger,
): Promise<Queues> {
  const onError = (error: Error) =>
    logger.warn(
      { err: error },
      'the queue has a fault; what is due stays in Postgres and is handed out later',
    );
  const connect = config.redisUrl
    ? await redisConnector(config.redisUrl, onError)
    : postgresConnector(config.queueUrl as string);
  const { leaseMs } = config.tuning;
  const queues = new Map<string, Queue>();
  const workers: Worker[] = [];
  for (const job of jobs) {
    const queue = connect.queue(`hikyaku-${job.name}`);
    queue.on('error', onError);
    queues.set(job.name, queue);
    const worker = connect.worker(
      `hikyaku-${job.name}`,
      async ({ data }) => {
        try {
          await job.handle(job.schema.parse(data) as never);
        } catch (error) {
          logger.error(
            { err: error, job: job.name, data },
            'a job failed; the timer hands it out again',
          );
          throw error;
        }
      },
      {
        concurrency: job.concurrency,
        lockDuration: Math.max(leaseMs, 1_000),
        stalledInterval: Math.max(leaseMs / 2, 500),
        maxStalledCount: 1_000_000,
      },
    );
    worker.on('error', onError);
    workers.push(worker);
  }
  await isReady([...queues.values(), ...workers]);
  return {
    async add(name, id, payload) {
      await queues
        .get(name)
        ?.add(name, payload, { jobId: id, removeOnComplete: true, removeOnFail: true });
    },
    async close() {
      await Promise.allSettled(workers.map((worker) => worker.close()));
      await Promise.allSettled([...queues.values()].map((queue) => queue.close()));
      await connect.close();
    },
  };
}

/** BullMQ makes its tables when it first connects. Throws where the queue does not answer. */
async function isReady(parts: readonly { waitUntilReady(): Promise<unknown> }[]): Promise<void> {
  const timer = new AbortController();
  try {
    const ready = Promise.all(parts.map((part) => part.waitUntilReady())).then(() => true);
    if (await Promise.race([ready, sleep(CONNECT_MS * 3, false, { signal: timer.signal })])) return;
    throw new Error('no answer');
  } catch (error) {
    throw new Error(
      `The queue does not answer (${(error as Error).message}). Check REDIS_URL or QUEUE_DATABASE_URL.`,
    );
  } finally {
    timer.abort();
  }
}

interface Connector {
  queue(name: string): Queue;
  worker(
    name: string,
    handle: (job: { data: unknown }) => Promise<void>,
    options: Partial<WorkerOptions>,
  ): Worker;
  close(): Promise<void>;
}

function postgresConnector(connectionString: string): Connector {
  const connection = { connectionString, schema: 'bullmq', migrate: true, max: 4 };
  return {
    queue: (name) => new Queue(name, { connection } as never, createPostgresBackend as never),
    worker: (name, handle, options) =>
      new Worker(
        name,
        handle as never,
        { ...options, connection } as never,
        createPostgresBackend as never,
      ),
    close: async () => {},
  };
}

async function redisConnector(url: string, onError: (error: Error) => void): Promise<Connector> {
  const connection = new Redis(url, { maxRetriesPerRequest: null });
  let lastError = '';
  connection.on('error', (error) => {
    lastError = error.message;
    onError(error);
  });
  const refuse = (why: string): never => {
    connection.disconnect();
    throw new Error(why);
  };
  const policy = await Promise.race([
    // Managed Redis often forbids CONFIG; then its own settings have to be trusted.
    connection.config('GET', 'maxmemory-policy').catch(() => []),
    sleep(CONNECT_MS, undefined, { ref: false }),
  ]);
  if (!policy) {
    const host = URL.canParse(url) ? new URL(url).host : 'REDIS_URL';
    refuse(
      `Redis at ${host} does not answer${lastError && ` (${lastError})`}. Start it, or correct REDIS_URL.`,
    );
  }
  const value = Array.isArray(policy) ? policy[1] : undefined;
  if (value !== undefined && value !== 'noeviction') {
    refuse(
      `Redis drops keys when it is full (maxmemory-policy is "${value}"), so jobs could vanish. Set maxmemory-policy noeviction and start again.`,
    );
  }
  return {
    queue: (name) => new Queue(name, { connection }),
    worker: (name, handle, options) =>
      new Worker(
        name,
        handle as never,
        { ...options, connection: connection.duplicate() } as WorkerOptions,
      ),
    close: async () => {
      await connection.quit().catch(() => {});
    },
  };
}

const CONNECT_MS = 10_000;
