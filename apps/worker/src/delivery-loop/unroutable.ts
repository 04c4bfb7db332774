/**
 * Rows whose domain leads nowhere. A domain that takes no mail bounces, fenced and logged like any other outcome; one that
 * cannot be looked up, or has no route, is the site's failure: it waits, and no attempt is counted.
 */
import type { DueDelivery } from '@hikyaku/db/worker';
import type { Destination } from '../destinations/directory.ts';
import type { CampaignFeed } from './campaign-feed.ts';
import type { LaneContext } from './lane-context.ts';

type NoDestination = Extract<Destination, { ok: false }>;

export async function settleUnroutable(
  lane: LaneContext,
  row: DueDelivery,
  feed: CampaignFeed,
  destination: NoDestination,
): Promise<void> {
  const nowMs = Date.now();
  if (destination.permanence === 'transient') {
    const { category, code, text } = destination;
    lane.logSiteEvent({
      site: row.domain,
      mxHost: '',
      mxAddress: '',
      phase: 'DNS',
      code,
      text,
      category,
    });
    feed.putAside(row.id, nowMs + lane.policies.backoff.minDelayMs);
    return;
  }
  try {
    if (await bounce(lane, row, feed, destination, nowMs)) feed.settled(row.id);
    else feed.putAside(row.id, nowMs + 1_000);
  } catch {
    // The fence's statement failed and may have been committed all the same.
    await lane.log.unfence({ tenantId: row.tenantId, id: row.id, epoch: lane.lease.epoch });
    feed.putAside(row.id, nowMs + 1_000);
  }
  lane.wake();
}

async function bounce(
  lane: LaneContext,
  row: DueDelivery,
  feed: CampaignFeed,
  { code, enhanced, text, category }: NoDestination,
  nowMs: number,
): Promise<boolean> {
  const { laneId, epoch, source } = lane.lease;
  const key = { tenantId: row.tenantId, campaignId: row.campaignId, id: row.id, laneId, epoch };
  if (!(await lane.log.fence(key))) return false;
  await lane.log.settle({
    ...key,
    state: 'bounced',
    disposition: 'bounced',
    nextAttemptMs: null,
    atMs: nowMs,
    source,
    mxHost: '',
    mxAddress: '',
    session: '',
    transaction: 0,
    mode: feed.campaign.mode,
    phase: 'DNS',
    code,
    enhanced,
    text,
    category,
    envelopeMs: null,
    dotMs: null,
    sizeBytes: 0,
    tls: null,
  });
  return true;
}
