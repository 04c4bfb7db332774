/**
 * The time of day as the database has it. All workers so share one clock: windows, retries and expiries do not follow a machine
 * whose clock is wrong or jumps. Between two looks it runs with the monotonic clock.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkerScope } from '@hikyaku/db';
import type { Logger } from 'pino';

export interface DatabaseClock {
  /** Epoch ms. */
  nowMs(): number;
  stop(): void;
}

const LOOK_MS = 10_000;
/** An answer that took longer says too little about when it was given. */
const ROUND_TRIP_MAX_MS = 1_000;
/** Worth a line in the log: somebody will compare the two clocks. */
const ODD_MS = 5_000;

/** Resolves with the first answer of the database. Rejects where it does not answer. */
export async function startDatabaseClock(
  scope: WorkerScope,
  logger: Logger,
): Promise<DatabaseClock> {
  let offsetMs = 0;
  const look = async (roundTripMaxMs: number) => {
    const askedMs = performance.now();
    const { rows } = await scope.query<{ nowMs: number }>(
      'select (extract(epoch from clock_timestamp()) * 1000)::float8 as "nowMs"',
    );
    const answeredMs = performance.now();
    if (!rows[0] || answeredMs - askedMs > roundTripMaxMs) return;
    offsetMs = rows[0].nowMs - (askedMs + answeredMs) / 2;
  };
  await look(Number.POSITIVE_INFINITY);
  const nowMs = () => performance.now() + offsetMs;
  const apartMs = Math.round(Date.now() - nowMs());
  if (Math.abs(apartMs) > ODD_MS)
    logger.warn({ apartMs }, "this machine's clock is not the database's; the database's counts");

  const stopping = new AbortController();
  const looking = async () => {
    while (!stopping.signal.aborted) {
      await sleep(LOOK_MS, undefined, { signal: stopping.signal, ref: false });
      // It goes on by the monotonic clock while the database is away.
      await look(ROUND_TRIP_MAX_MS).catch(() => {});
    }
  };
  looking().catch(() => {});
  return { nowMs, stop: () => stopping.abort() };
}
