/**
 * Composers of running campaigns, made once each: content and From are frozen when a campaign is scheduled.
 * Invariant: what is sent is what the preview showed, so zone and label are the tenant's, as there.
 */
import type { DueDelivery, LaneCampaign } from '@hikyaku/db/worker';
import {
  type ComposedMessage,
  createComposer,
  parseTemplate,
  unsubscribeLabel,
} from '@hikyaku/message';
import type { Tokens } from '@hikyaku/message/node';

export type Compose = (row: DueDelivery, atMs: number) => ComposedMessage;

/** Throws where the content does not parse, which was checked when it was scheduled. */
export function createCampaignCompose(
  campaign: LaneCampaign,
  options: { tokens: Tokens; baseUrl: string },
): Compose {
  const parsed = parseTemplate(campaign.content, { timeZone: campaign.zone });
  if (!parsed.ok) throw new Error(`The template does not parse: ${parsed.errors[0]?.message}`);
  const composer = createComposer({
    template: parsed.template,
    from: { name: campaign.fromName, address: campaign.fromEmail },
    messageIdDomain: campaign.fromEmail.slice(campaign.fromEmail.lastIndexOf('@') + 1),
    seed: campaign.campaignId,
    unsubscribeBaseUrl: options.baseUrl,
    unsubscribeLabel: unsubscribeLabel(campaign.locale),
  });
  return (row, atMs) =>
    composer.compose({
      email: row.email,
      fields: row.fields,
      deliveryId: row.id,
      unsubscribeToken: options.tokens.signUnsubscribe({
        tenantId: row.tenantId,
        campaignId: row.campaignId,
        deliveryId: BigInt(row.id),
      }),
      atMs,
    });
}
