/** What a fault is: how it strikes, and what has to hold besides the invariants. One object per row of the table. */
import type { Stage, StageOptions } from './stage.ts';
import type { World } from './world.ts';

export type QueueBackend = 'postgres' | 'redis';

export interface Fault {
  id: `F${number}`;
  /** What breaks. */
  what: string;
  /** What has to hold besides I1–I7. */
  expect: string;
  /** Struck once on each; default: the queue in Postgres, because the fault does not touch the queue. */
  queues?: readonly QueueBackend[];
  stage?: StageOptions;
  /** Why this machine cannot do it; null where it can. Asked right before `world` and `run`. */
  cannot?: () => string | null;
  /** A Postgres of its own, where the fault would harm those that come after it. */
  world?: () => Promise<World>;
  /**
   * Strikes, and says so by `stage.struck(…)`. Throws `NotStruck` where the fault did not happen, and leaves what it
   * demands with `stage.demand(…)`; the campaigns are completed and the invariants checked behind it.
   */
  run(stage: Stage): Promise<void>;
}

/** A fault that did not strike proves nothing: the run has failed, whatever held. */
export class NotStruck extends Error {}
