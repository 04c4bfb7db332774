/**
 * A planted bug, outside of the product: it comes between the core and the world, or replaces a policy or a rule of the
 * database. The simulator must kill each.
 */
import type { EngineSettings, Event, Now, PortCommand, Verdictable } from '@hikyaku/delivery';
import type { SessionWork } from '@hikyaku/smtp';
import type { Rules } from '../database/rules.ts';
import type { Connection } from '../network/network.ts';
import type { WorkerClock } from '../time/worker-clock.ts';
import type { Envelope, Worker } from '../worker/worker.ts';

export type Mutant = {
  name: string;
  /** What the bug would be in the product. */
  bug: string;
  /** Faults without which it cannot show; they are added to the plan. */
  faults: readonly string[];
  /** It shows only where a window closes in the middle of the run. */
  needsClosing?: boolean;
  /** It shows only in a bigger run in which no fault is in the way. */
  needsCalm?: boolean;
  /** The bug, with a memory of its own for each run. */
  plant(): Bug;
};

export type Bug = {
  rules?: Partial<Rules>;
  settings?(settings: Omit<EngineSettings, 'seed'>): Partial<EngineSettings>;
  now?(now: Now, clock: WorkerClock): Now;
  /** Events from outside of the sessions. */
  dispatch?(event: Event, pass: (event: Event) => void): void;
  /** What the core hears of a result. */
  verdicts?(recipients: readonly Verdictable[]): readonly Verdictable[];
  perform?(worker: Worker, command: PortCommand, pass: (command: PortCommand) => void): void;
  /** A lane is given to whoever asks. */
  isLeaseIgnored?: boolean;
  work?(work: SessionWork<Envelope>, connection: Connection): SessionWork<Envelope>;
};
