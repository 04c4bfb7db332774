/** The campaigns of the lanes of this process: what the core is told of them, and how their messages are made. */
import { createWindowClock, type Window, type WindowClock } from '@hikyaku/campaigns';
import type { DueDelivery, LaneCampaign } from '@hikyaku/db/worker';
import { type CampaignFacts, EVERY_GROUP } from '@hikyaku/delivery';
import type { ComposedMessage } from '@hikyaku/message';
import type { Tokens } from '@hikyaku/message/node';
import { type Compose, createCampaignCompose } from './campaign-composer.ts';

export interface CampaignBook {
  /** Takes a campaign as the database says it is now, and says it in the core's words. */
  read(campaign: LaneCampaign): CampaignFacts;
  get(campaignId: string): LaneCampaign | undefined;
  /** Throws where the content does not parse, or cannot be made for this person. */
  compose(row: DueDelivery, nowMs: number): ComposedMessage;
}

/** `timeScale` multiplies the expiry, as it does margins and retries. */
export function createCampaignBook(options: {
  tokens: Tokens;
  baseUrl: string;
  timeScale: number;
}): CampaignBook {
  const campaigns = new Map<string, LaneCampaign>();
  const composers = new Map<string, Compose>();
  const clocks = new Map<string, WindowClock>();

  const clockOf = (key: string): WindowClock => {
    let clock = clocks.get(key);
    if (!clock) {
      if (clocks.size > KEPT_MAX) clocks.clear();
      clock = createWindowClock(JSON.parse(key) as Window[]);
      clocks.set(key, clock);
    }
    return clock;
  };

  return {
    read(campaign) {
      campaigns.delete(campaign.campaignId);
      campaigns.set(campaign.campaignId, campaign);
      forgetOldest(campaigns);
      const windowsKey = JSON.stringify(campaign.windowsByGroup);
      const byGroup = keysByGroup(campaign.windowsByGroup);
      return {
        campaignId: campaign.campaignId,
        tenantId: campaign.tenantId,
        mode: campaign.mode,
        weight: campaign.weight,
        rateMax: campaign.rateMax ?? undefined,
        clockOf: (group) => clockOf(byGroup.get(group) ?? byGroup.get(EVERY_GROUP) ?? '[]'),
        windowsKey,
        expiryMs: campaign.expiryMs * options.timeScale,
        openSinceMs: campaign.openSinceMs,
        expiresByMs: campaign.expiresAtMs ?? Number.POSITIVE_INFINITY,
        rescanEpoch: campaign.rescanEpoch,
        isCut: campaign.isCut,
      };
    },
    get: (campaignId) => campaigns.get(campaignId),
    compose(row, nowMs) {
      let compose = composers.get(row.campaignId);
      if (!compose) {
        const campaign = campaigns.get(row.campaignId);
        if (!campaign) throw new Error(`campaign ${row.campaignId} was never read`);
        // Content and From are frozen when a campaign is scheduled: one composer serves it to its end.
        compose = createCampaignCompose(campaign, options);
        composers.set(row.campaignId, compose);
        forgetOldest(composers);
      }
      return compose(row, nowMs);
    },
  };
}

/** The windows that bind each group, as text; under EVERY_GROUP those that bind all of them. */
function keysByGroup(windowsByGroup: Record<string, Window[]>): Map<string, string> {
  const byGroup = new Map<string, string>();
  let common: string[] | undefined;
  for (const [group, windows] of Object.entries(windowsByGroup)) {
    const texts = windows.map((window) => JSON.stringify(window));
    byGroup.set(group, `[${texts}]`);
    common = common ? common.filter((text) => texts.includes(text)) : texts;
  }
  return byGroup.set(EVERY_GROUP, `[${common ?? []}]`);
}

const KEPT_MAX = 2_000;

function forgetOldest(map: Map<string, unknown>): void {
  const [oldest] = map.keys();
  if (map.size > KEPT_MAX && oldest !== undefined) map.delete(oldest);
}
