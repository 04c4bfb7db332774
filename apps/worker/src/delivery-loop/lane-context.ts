/** What the parts of a lane share: its lease, the log, settings, and the ways back to the runner. */
import type { DueDelivery, SiteEvent } from '@hikyaku/db/worker';
import type { Logger } from 'pino';
import type { Tuning } from '../env.ts';
import type { DeliveryLog } from './delivery-log.ts';
import type { HeldLease } from './lease-keeper.ts';
import type { Policies } from './policies.ts';
import type { Envelope } from './session-driver.ts';

export interface LaneContext {
  readonly lease: HeldLease;
  readonly log: DeliveryLog;
  readonly logger: Logger;
  readonly tuning: Tuning;
  readonly policies: Policies;
  readonly ehloName: string;
  /** Our addresses and names: a reply that contains one speaks of us, not of the recipient. */
  readonly own: readonly string[];
  nextSessionId(): string;
  /** Undefined where the row may not go now, or cannot be composed; then it has been dealt with. */
  compose(row: DueDelivery): Envelope | undefined;
  /** The row waits in the database as before; look at it again at `atMs`. */
  putBack(row: DueDelivery, atMs: number): void;
  /** True where the row was cancelled because its person is suppressed. Never rejects. */
  endIfSuppressed(row: DueDelivery): Promise<boolean>;
  logSiteEvent(event: Omit<SiteEvent, 'laneId' | 'source'>): void;
  /** Something changed that the lane's loop should look at. */
  wake(): void;
}
