/**
 * Fences and outcomes of all lanes of this process, group-committed. Sending waits for this, never the other way round:
 * a fence that cannot be committed is refused; an outcome is held and tried again until the database has it.
 */

import type { WorkerScope } from '@hikyaku/db';
import {
  type FenceRequest,
  fenceDeliveries,
  type Outcome,
  settleDeliveries,
  type Unfence,
  unfenceDeliveries,
} from '@hikyaku/db/worker';
import type { Logger } from 'pino';
import { type Answer, createGroupCommit } from './group-commit.ts';

export interface DeliveryLog {
  /** Answers which of the rows may go, in order; undefined when the database did not say: then they may or may not be fenced. */
  fence(requests: readonly FenceRequest[], answer: Answer<boolean>): void;
  /** The moment of the row's fence, until its outcome is durable; null where its answer was lost, or there was none. */
  fencedAtMs(id: string): number | null;
  /** `onDurable`: they are in the database. */
  settle(outcomes: readonly Outcome[], onDurable: () => void): void;
  /** `onDurable`: the rows wait again. */
  unfence(rows: readonly Unfence[], onDurable: () => void): void;
  /** Resolves when every outcome that was given so far is durable. */
  settledSoFar(): Promise<void>;
  /** Resolves when everything that was given so far has been answered. */
  answeredSoFar(): Promise<void>;
  /** False from a failed statement to the next one that works; where none is tried any more, for ten seconds. */
  readonly isUp: boolean;
  readonly pending: number;
}

// Larger batches only add latency: at this size the cost of a commit is already spread thin.
const BATCH_MAX = 500;
/** Outcomes are tried again far more often: no failure for so long means that nobody asks. */
const FAILING_MS = 10_000;

export function createDeliveryLog(scope: WorkerScope, owner: string, logger: Logger): DeliveryLog {
  let isUp = true;
  let failedAtMs = Number.NEGATIVE_INFINITY;
  const failed = (what: string, answer: 'retry' | 'give-up') => (error: unknown) => {
    if (isUp)
      logger.error(
        { err: error, what },
        'the database does not take the delivery log; nothing is sent until it does',
      );
    isUp = false;
    failedAtMs = performance.now();
    return answer;
  };
  const worked = <T>(result: T): T => {
    if (!isUp) logger.info('the database takes the delivery log again');
    isUp = true;
    return result;
  };
  /** The moments of the fences that hold, by row, until its outcome is durable. */
  const fencedAtMs = new Map<string, number>();
  const fences = createGroupCommit<FenceRequest, boolean>({
    batchMax: BATCH_MAX,
    commit: async (requests) => {
      const { ids, atMs } = worked(await fenceDeliveries(scope, owner, requests));
      for (const id of ids) fencedAtMs.set(id, atMs);
      const held = new Set(ids);
      return requests.map(({ id }) => held.has(id));
    },
    onError: failed('fence', 'give-up'),
  });
  const outcomes = createGroupCommit<Outcome, void>({
    batchMax: BATCH_MAX,
    commit: async (batch) => {
      worked(await settleDeliveries(scope, batch));
      for (const { id } of batch) fencedAtMs.delete(id);
      return [];
    },
    onError: failed('settle', 'retry'),
  });
  const unfences = createGroupCommit<Unfence, void>({
    batchMax: BATCH_MAX,
    commit: async (batch) => {
      worked(await unfenceDeliveries(scope, batch));
      for (const { id } of batch) fencedAtMs.delete(id);
      return [];
    },
    onError: failed('unfence', 'retry'),
  });
  return {
    fence: fences.add,
    fencedAtMs: (id) => fencedAtMs.get(id) ?? null,
    settle: outcomes.add,
    unfence: unfences.add,
    settledSoFar: outcomes.soFar,
    answeredSoFar: async () => {
      await Promise.all([fences.soFar(), outcomes.soFar(), unfences.soFar()]);
    },
    get isUp() {
      return isUp || performance.now() - failedAtMs > FAILING_MS;
    },
    get pending() {
      return fences.pending + outcomes.pending + unfences.pending;
    },
  };
}
