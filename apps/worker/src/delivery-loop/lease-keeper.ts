/**
 * Renews the leases of all lanes of this process in one statement. Validity is judged on the monotonic clock, from before
 * the statement was sent: a process that was stopped for ten minutes finds its leases over before it writes a byte.
 */

import type { WorkerScope } from '@hikyaku/db';
import { type LaneLease, renewLanes } from '@hikyaku/db/worker';
import type { Logger } from 'pino';

export interface HeldLease extends LaneLease {
  /** True while no other worker can own the lane. */
  isValid(): boolean;
}

export interface LeaseKeeper {
  /** `askedAtMs`: performance.now() before the lane was asked for. */
  hold(lease: LaneLease, askedAtMs: number): HeldLease;
  drop(lease: HeldLease): void;
  stop(): void;
}

export function createLeaseKeeper(
  scope: WorkerScope,
  leaseMs: number,
  logger: Logger,
): LeaseKeeper {
  const untilMs = new Map<LaneLease, number>();
  // Clocks of two machines run at slightly different rates; a tenth is far more than they do.
  const usableMs = leaseMs * 0.9;
  let isRenewing = false;

  const renew = async () => {
    if (isRenewing || untilMs.size === 0) return;
    isRenewing = true;
    const askedAtMs = performance.now();
    const leases = [...untilMs.keys()];
    try {
      const renewed = await renewLanes(scope, leases, leaseMs);
      for (const lease of leases) {
        if (!untilMs.has(lease)) continue;
        if (renewed.has(lease.laneId)) untilMs.set(lease, askedAtMs + usableMs);
        else {
          logger.warn(
            { lane: lease.laneId, site: lease.site },
            'the lane was lost: its lease had run out',
          );
          untilMs.set(lease, 0);
        }
      }
    } catch (error) {
      logger.warn(
        { err: error },
        'leases could not be renewed; lanes stop by themselves when theirs runs out',
      );
    } finally {
      isRenewing = false;
    }
  };
  const timer = setInterval(() => void renew(), leaseMs / 4);

  return {
    hold(lease, askedAtMs) {
      const held: HeldLease = {
        ...lease,
        isValid: () => performance.now() < (untilMs.get(held) ?? 0),
      };
      untilMs.set(held, askedAtMs + usableMs);
      return held;
    },
    drop: (lease) => void untilMs.delete(lease),
    stop: () => clearInterval(timer),
  };
}
