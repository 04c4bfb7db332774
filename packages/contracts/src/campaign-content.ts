/** What a campaign sends: copied from its template when it is scheduled, and read by the worker. */
import { z } from 'zod';

export const campaignContentSchema = z.object({
  subject: z.string(),
  html: z.string(),
  text: z.string(),
});
export type CampaignContent = z.infer<typeof campaignContentSchema>;
