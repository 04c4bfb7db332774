/** The delivery log as the database holds it, and the product's own comparison of it with the receiver's journal. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { asWorker, closeDb, openDb } from '@hikyaku/db';
import { type ReconcileRow, readReconcileCampaign, reconcileRows } from '@hikyaku/db/worker';

const ROOT = join(import.meta.dirname, '../..');

/** One row per recipient, with what the log says of it. */
export async function readLog(campaignId: string): Promise<ReconcileRow[]> {
  const db = openDb({ url: process.env.WORKER_DATABASE_URL ?? '', max: 1 });
  try {
    const scope = asWorker(db);
    const campaign = await readReconcileCampaign(scope, campaignId);
    if (!campaign) throw new Error(`There is no campaign ${campaignId}`);
    const rows: ReconcileRow[] = [];
    for await (const row of reconcileRows(scope, { ...campaign, campaignId })) rows.push(row);
    return rows;
  } finally {
    await closeDb(db);
  }
}

/** `npm run reconcile -- --campaign ID --journal FILE --json`, as an operator runs it. */
export function reconcile(campaignId: string): Promise<{ code: number; output: string }> {
  const program = ['scripts/run.mjs', 'apps/worker/src/cli/reconcile.ts'];
  const args = ['--campaign', campaignId, '--journal', process.env.E2E_JOURNAL ?? '', '--json'];
  return new Promise((settle) => {
    execFile(
      process.execPath,
      [...program, ...args],
      { cwd: ROOT, env: process.env },
      (error, stdout, stderr) =>
        settle({ code: Number(error?.code ?? 0), output: `${stdout}${stderr}` }),
    );
  });
}
