/** What the false-550 protection has decided, as the database has it. */
import { asWorker, closeDb, openDb } from '@hikyaku/db';
import { readStandingVetoes } from '@hikyaku/db/worker';

/** Ms until the next probe of what is held up at a site from a source; undefined while none is planned. */
export async function nextProbeInMs(site: string, source: string): Promise<number | undefined> {
  const db = openDb({ url: process.env.WORKER_DATABASE_URL ?? '', max: 1 });
  try {
    const standing = await readStandingVetoes(asWorker(db), source);
    const block = standing.find((veto) => veto.site === site && veto.state === 'blocked');
    return block?.probeAtMs === undefined ? undefined : block.probeAtMs - Date.now();
  } finally {
    await closeDb(db);
  }
}
