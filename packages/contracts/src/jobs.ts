/** Payloads of jobs: ids and nothing else, since a job can be lost, run twice, or run late. */
import { z } from 'zod';

export const launchJob = z.object({ campaignId: z.uuid() });
export const deliverJob = z.object({ laneId: z.string().regex(/^[1-9]\d*$/) });
export const importJob = z.object({ importId: z.uuid() });
export const deleteListJob = z.object({ tenantId: z.uuid(), listId: z.uuid() });
/** Which months are old is asked when it runs. */
export const archiveLogJob = z.object({});

/** Notified in the transaction that makes something due: the timer then looks at once instead of a second later. */
export const DUE_CHANNEL = 'hikyaku_due';

export type LaunchJob = z.infer<typeof launchJob>;
export type DeliverJob = z.infer<typeof deliverJob>;
export type ImportJob = z.infer<typeof importJob>;
export type DeleteListJob = z.infer<typeof deleteListJob>;
