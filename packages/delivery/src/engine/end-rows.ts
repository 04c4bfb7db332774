/** Waiting rows that will not be sent: expired, or cancelled with the reason. */
import type { EngineState, Feed, Lane } from './state.ts';

/** They are in memory until the database has it. */
export function endRows(
  state: EngineState,
  lane: Lane,
  feed: Feed,
  ids: string[],
  kind: 'expired' | 'cancelled' | 'bounced',
  category: string,
): void {
  const { tenantId, campaignId } = feed.campaign;
  state.out.push({
    type: 'end-waiting',
    laneId: lane.facts.laneId,
    tenantId,
    campaignId,
    ids,
    state: kind,
    category,
  });
}
