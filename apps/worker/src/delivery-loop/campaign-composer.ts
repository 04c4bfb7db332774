/**
 * Composers of running campaigns, made once each: content and From are frozen when a campaign is scheduled.
 * Invariant: what is sent is what the preview showed, so zone and label are the tenant's, as there.
 */
import type { DueDelivery, LaneCampaign } from '@hikyaku/db/worker';
import {
  type CampaignMessage,
  type ComposedMessage,
  createBulkComposer,
  createComposer,
  parseTemplate,
  unsubscribeLabel,
} from '@hikyaku/message';
import type { Tokens } from '@hikyaku/message/node';

/** In bulk mode every row of a transaction gets the same message: any of them may be given. */
export type Compose = (row: DueDelivery, atMs: number) => ComposedMessage;

/** Throws where the content does not parse, which was checked when it was scheduled. */
export function createCampaignCompose(
  campaign: LaneCampaign,
  options: { tokens: Tokens; baseUrl: string },
): Compose {
  const parsed = parseTemplate(campaign.content, { timeZone: campaign.zone });
  if (!parsed.ok) throw new Error(`The template does not parse: ${parsed.errors[0]?.message}`);
  const message = {
    template: parsed.template,
    from: { name: campaign.fromName, address: campaign.fromEmail },
    messageIdDomain: campaign.fromEmail.slice(campaign.fromEmail.lastIndexOf('@') + 1),
    seed: campaign.campaignId,
    unsubscribeBaseUrl: options.baseUrl,
    unsubscribeLabel: unsubscribeLabel(campaign.locale),
  };
  if (campaign.mode === 'bulk') return bulkCompose(campaign, message, options.tokens);
  const composer = createComposer(message);
  const { tenantId, campaignId } = campaign;
  const sign = options.tokens.unsubscribeSigner({ tenantId, campaignId });
  return (row, atMs) =>
    composer.compose({
      email: row.email,
      fields: row.fields,
      deliveryId: row.id,
      unsubscribeToken: sign(BigInt(row.id)),
      atMs,
    });
}

/** One message for the whole campaign, and the same bytes at every attempt: made once. */
function bulkCompose(campaign: LaneCampaign, message: CampaignMessage, tokens: Tokens): Compose {
  const { tenantId, campaignId, openSinceMs } = campaign;
  const unsubscribeToken = tokens.signBulkUnsubscribe({ tenantId, campaignId });
  const shared = createBulkComposer(message).compose({ unsubscribeToken, atMs: openSinceMs });
  return () => shared;
}
