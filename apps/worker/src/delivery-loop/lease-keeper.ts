/**
 * Renews the leases of all lanes of this process in one statement, and says until when each is good. Validity is counted on
 * the monotonic clock, from before the statement was sent: a process that was stopped for ten minutes finds its leases
 * over before it writes a byte.
 */
import type { WorkerScope } from '@hikyaku/db';
import { type LaneLease, renewLanes } from '@hikyaku/db/worker';
import type { Event } from '@hikyaku/delivery';
import type { Logger } from 'pino';

export interface LeaseKeeper {
  /** `askedAtMs`: performance.now() before the lane was asked for. Until when it is good, on that clock. */
  hold(lease: LaneLease, askedAtMs: number): number;
  drop(laneId: string): void;
  stop(): void;
}

export function createLeaseKeeper(
  scope: WorkerScope,
  leaseMs: number,
  logger: Logger,
  dispatch: (event: Event) => void,
): LeaseKeeper {
  const leases = new Map<string, LaneLease>();
  // Clocks of two machines run at slightly different rates; a tenth is far more than they do.
  const usableMs = leaseMs * 0.9;
  let isRenewing = false;

  const renew = async () => {
    if (isRenewing || leases.size === 0) return;
    isRenewing = true;
    const askedAtMs = performance.now();
    const asked = [...leases.values()];
    try {
      const renewed = await renewLanes(scope, asked, leaseMs);
      for (const lease of asked) {
        const { laneId, site } = lease;
        if (leases.get(laneId) !== lease) continue;
        if (renewed.has(laneId)) {
          dispatch({ type: 'lease-renewed', laneId, validUntilMonoMs: askedAtMs + usableMs });
          continue;
        }
        logger.warn({ lane: laneId, site }, 'the lane was lost: its lease had run out');
        leases.delete(laneId);
        dispatch({ type: 'lease-lost', laneId });
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
      leases.set(lease.laneId, lease);
      return askedAtMs + usableMs;
    },
    drop: (laneId) => void leases.delete(laneId),
    stop: () => clearInterval(timer),
  };
}
