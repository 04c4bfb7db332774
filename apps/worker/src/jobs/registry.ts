/** All jobs: name, payload, handler, how many at once. Each is idempotent, and the timer puts back what was lost. */
import { archiveLogJob, deleteListJob, deliverJob, importJob, launchJob } from '@hikyaku/contracts';
import type { z } from 'zod';
import type { Context } from '../context.ts';
import { archiveLogJob as archiveLog } from './archive-log.ts';
import { deleteList } from './delete-list.ts';
import { importList } from './import-list.ts';
import { launchCampaign } from './launch-campaign.ts';

export interface JobDefinition {
  name: string;
  schema: z.ZodType;
  concurrency: number;
  handle(payload: never): Promise<void>;
}

export function jobsOf(context: Context): JobDefinition[] {
  return [
    job('launch', launchJob, 2, ({ campaignId }) => launchCampaign(context, campaignId)),
    job('deliver', deliverJob, context.config.tuning.lanesPerWorker, ({ laneId }) =>
      context.lanes.deliver(laneId),
    ),
    job('import', importJob, 2, ({ importId }) => importList(context, importId)),
    job('delete-list', deleteListJob, 1, (payload) => deleteList(context, payload)),
    job('archive-log', archiveLogJob, 1, () => archiveLog(context)),
  ];
}

function job<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  concurrency: number,
  handle: (payload: z.infer<Schema>) => Promise<void>,
): JobDefinition {
  return { name, schema, concurrency, handle: handle as JobDefinition['handle'] };
}
