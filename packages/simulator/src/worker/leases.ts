/**
 * The leases of one worker: taken for a job, renewed all at once, valid by the monotonic clock from before they were
 * asked for, and for a tenth less than the database says.
 */
import type { Event } from '@hikyaku/delivery';
import { acquireLane, renewLanes } from '../database/lane-rules.ts';
import type { DatabaseLink } from '../database/link.ts';
import type { Lane, Tables } from '../database/tables.ts';
import type { Process } from './process.ts';

export class Leases {
  readonly #facts: LeaseFacts;
  readonly #held = new Map<string, { laneId: string; epoch: number }>();
  readonly #asking = new Set<string>();
  #isRenewing = false;
  #isTimed = false;

  constructor(facts: LeaseFacts) {
    this.#facts = facts;
  }

  get size(): number {
    return this.#held.size;
  }

  /** A job says that the lane has something to do. */
  acquire(laneId: string): void {
    const { tables, link, owner, leaseMs, nowMs, dispatch } = this.#facts;
    if (this.#held.has(laneId) || this.#asking.has(laneId)) return;
    this.#asking.add(laneId);
    const askedAtMs = this.#facts.clockMs();
    const answered = (lane: Lane | undefined) => {
      this.#asking.delete(laneId);
      if (lane === undefined) return;
      this.#held.set(laneId, { laneId, epoch: lane.epoch });
      this.#renewLater();
      dispatch({
        type: 'lane-acquired',
        lane: { laneId, source: lane.source, epoch: lane.epoch },
        validUntilMonoMs: askedAtMs + leaseMs * USABLE,
      });
    };
    const acquire = () => {
      const found = tables.lanes.get(laneId);
      const before = found?.leaseUntilMs ?? null;
      if (found !== undefined && this.#facts.isLeaseIgnored) found.leaseUntilMs = null;
      const lane = acquireLane(tables, { laneId, owner, leaseMs }, nowMs());
      if (lane !== undefined) this.#facts.onOwner(laneId, before);
      return lane;
    };
    link.run(acquire, answered, () => this.#asking.delete(laneId));
  }

  /** The core has nothing of the lane any more. */
  forget(laneId: string): { laneId: string; epoch: number } | undefined {
    const lease = this.#held.get(laneId);
    this.#held.delete(laneId);
    return lease;
  }

  #renewLater(): void {
    const { process, leaseMs } = this.#facts;
    if (this.#isTimed) return;
    this.#isTimed = true;
    process.after(leaseMs / 4, () => {
      this.#isTimed = false;
      if (this.#held.size === 0) return;
      this.#renew();
      this.#renewLater();
    });
  }

  #renew(): void {
    const { tables, link, leaseMs, nowMs, dispatch } = this.#facts;
    if (this.#isRenewing) return;
    this.#isRenewing = true;
    const askedAtMs = this.#facts.clockMs();
    const leases = [...this.#held.values()];
    const answered = (renewed: Set<string>) => {
      this.#isRenewing = false;
      for (const lease of leases) {
        if (this.#held.get(lease.laneId) !== lease) continue;
        if (renewed.has(lease.laneId))
          dispatch({
            type: 'lease-renewed',
            laneId: lease.laneId,
            validUntilMonoMs: askedAtMs + leaseMs * USABLE,
          });
        else dispatch({ type: 'lease-lost', laneId: lease.laneId });
      }
    };
    link.run(
      () => renewLanes(tables, leases, leaseMs, nowMs()),
      answered,
      () => {
        this.#isRenewing = false;
      },
    );
  }
}

/** Clocks of two machines run at slightly different rates; a tenth is far more than they do. */
const USABLE = 0.9;

export type LeaseFacts = {
  owner: string;
  process: Process;
  link: DatabaseLink;
  tables: Tables;
  leaseMs: number;
  nowMs(): number;
  /** The clock by which validity is judged: the monotonic one. */
  clockMs(): number;
  /** For a planted bug. */
  isLeaseIgnored: boolean;
  dispatch(event: Event): void;
  /** A lane has a new owner; `formerUntilMs` is when the former lease ended. */
  onOwner(laneId: string, formerUntilMs: number | null): void;
};
