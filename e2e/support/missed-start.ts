/** What a start looks like that passed while no worker was up: hours ago, and still scheduled. */
import { asWorker, closeDb, openDb } from '@hikyaku/db';

export async function missStart(campaignId: string): Promise<void> {
  const db = openDb({ url: process.env.WORKER_DATABASE_URL ?? '', max: 1 });
  try {
    const { rowCount } = await asWorker(db).query(
      `update campaign set start_at = now() - interval '3 hours' where id = $1 and state = 'scheduled'`,
      [campaignId],
    );
    if (rowCount !== 1) throw new Error(`The campaign ${campaignId} is not scheduled.`);
  } finally {
    await closeDb(db);
  }
}
