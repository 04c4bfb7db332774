/**
 * `npm run reconcile -- --campaign ID [--journal FILE] [--json]`: says whether delivery rows, the log and a receiver's
 * journal agree, and where they do not. Exit code 0 only if they do.
 */
import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { asWorker, closeDb, isUuid, openDb, type WorkerScope } from '@hikyaku/db';
import { readReconcileCampaign, reconcileRows } from '@hikyaku/db/worker';
import { readCliConfig } from '../env.ts';
import { countCopies } from './journal-copies.ts';
import { type Difference, differencesOf } from './reconciliation.ts';

const SHOWN_MAX = 50;

const USAGE = 'Say which campaign: npm run reconcile -- --campaign ID [--journal FILE] [--json]\n';

const values = argumentsOrUndefined();
if (!values?.campaign || !isUuid(values.campaign)) stop(USAGE);
else if (values.journal && !existsSync(values.journal))
  stop(`There is no journal ${values.journal}.\n`);
else await main(values.campaign, values.journal);

async function main(campaignId: string, journalPath: string | undefined): Promise<void> {
  const url = readCliConfig().workerUrl;
  const db = openDb({ url, max: 2, applicationName: 'hikyaku-reconcile' });
  try {
    process.exitCode = await reconcile(asWorker(db), campaignId, journalPath);
  } finally {
    await closeDb(db);
  }
}

function argumentsOrUndefined() {
  try {
    return parseArgs({
      options: {
        campaign: { type: 'string' },
        journal: { type: 'string' },
        json: { type: 'boolean' },
      },
    }).values;
  } catch {
    return undefined;
  }
}

/** 2: the question was a wrong one; 1 is kept for "they differ". */
function stop(message: string): void {
  process.stderr.write(message);
  process.exitCode = 2;
}

async function reconcile(
  scope: WorkerScope,
  campaignId: string,
  journalPath: string | undefined,
): Promise<number> {
  const campaign = await readReconcileCampaign(scope, campaignId);
  if (!campaign) {
    stop(`There is no campaign ${campaignId}.\n`);
    return 2;
  }
  const { archivedFiles } = campaign;
  if (archivedFiles.length > 0) {
    stop(
      `Attempts of this campaign lie in the archive, and the log no longer holds them: ${archivedFiles.join(', ')} in LOG_ARCHIVE_DIR.\n`,
    );
    return 2;
  }
  const copiesOf = journalPath && (await countCopies(linesOf(journalPath), campaignId));
  const states: Record<string, number> = {};
  const differences: Difference[] = [];
  let differenceCount = 0;
  let rows = 0;
  const note = (difference: Difference) => {
    differenceCount += 1;
    if (differences.length < SHOWN_MAX) differences.push(difference);
  };
  for await (const row of reconcileRows(scope, { tenantId: campaign.tenantId, campaignId })) {
    rows += 1;
    states[row.state] = (states[row.state] ?? 0) + 1;
    for (const difference of differencesOf(row, copiesOf ? copiesOf(row) : undefined))
      note(difference);
  }
  if (campaign.total !== null && campaign.total !== rows) {
    note({
      kind: 'total-differs',
      delivery: '',
      detail: `the campaign says ${campaign.total}, there are ${rows} rows`,
    });
  }
  const summary = {
    campaign: campaignId,
    state: campaign.state,
    total: campaign.total,
    rows,
    states,
    differences: differenceCount,
  };
  if (!values?.json) {
    process.stdout.write(
      `${campaign.name}: ${campaign.state}, total ${campaign.total ?? 'not cut yet'}\n`,
    );
    for (const [state, count] of Object.entries(states))
      process.stdout.write(`  ${state.padEnd(10)} ${count}\n`);
    for (const { kind, delivery, detail } of differences)
      process.stdout.write(`DIFFERENT ${kind} delivery ${delivery}: ${detail}\n`);
    if (differenceCount > SHOWN_MAX)
      process.stdout.write(`… and ${differenceCount - SHOWN_MAX} more\n`);
    process.stdout.write(
      differenceCount === 0
        ? 'Rows, log and journal agree.\n'
        : `${differenceCount} differences.\n`,
    );
  }
  process.stdout.write(
    `${JSON.stringify(values?.json ? { ...summary, shown: differences } : summary)}\n`,
  );
  return differenceCount === 0 ? 0 : 1;
}

function linesOf(path: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
}
