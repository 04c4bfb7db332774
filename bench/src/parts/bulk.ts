/**
 * Bulk, 100 recipients per transaction, against the bare SQL of the same rows: fence and settle as the worker's log writes
 * them, in batches of the same size, without SMTP. Both begin when the audience is cut. Alternating, median of three.
 */
import { runCampaign } from '../campaign-run.ts';
import { fill, HTML, SUBJECT, TEXT } from '../content.ts';
import { JournalTail } from '../journal-tail.ts';
import { median, round2 } from '../median.ts';
import { runBareSql } from '../peers/bare-sql.ts';
import { makeList } from '../people.ts';
import { fastReceiver, type Rig } from '../rig.ts';

const ROUNDS = 3;
const SESSIONS = 20;
const FIELDS = { name: 'all of you', points: 'shown on the site' };
const CONTENT = {
  subject: fill(SUBJECT, FIELDS),
  html: fill(HTML, FIELDS),
  text: fill(TEXT, FIELDS),
};

export async function bulk(rig: Rig): Promise<{ perSecond: number; ofSql: number }> {
  const people = rig.scaled(100_000);
  const receiver = await fastReceiver();
  const journal = new JournalTail(receiver.journalPath);
  try {
    const tenantId = await rig.scenario.tenant({ name: 'bench' });
    const listId = await makeList(rig, tenantId, people);
    const rates: number[] = [];
    const shares: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      // A worker would hand the other side's lane out: it runs for our turns only.
      const worker = await rig.startWorker(receiver.routes, {
        sessionsPerSite: SESSIONS,
        sessionsAtStart: SESSIONS,
        recipientsPerTransaction: 100,
      });
      const pids = { worker: worker.pid, receiver: receiver.pid };
      const campaign = {
        pids,
        tenantId,
        listId,
        journal,
        people,
        content: CONTENT,
        mode: 'bulk' as const,
        isCutFirst: true,
      };
      const ours = await runCampaign(rig, campaign).finally(() => worker.stop(30_000));
      const sql = await runBareSql(rig, { tenantId, listId });
      rates.push(ours.perSecond);
      shares.push(ours.perSecond / sql);
      rig.say(
        `  round ${round + 1}: hikyaku ${Math.round(ours.perSecond)} recipients/s (${ours.percentiles}; ${ours.cost}), the SQL alone ${Math.round(sql)}/s`,
      );
    }
    const result = { perSecond: Math.round(median(rates)), ofSql: round2(median(shares)) };
    rig.say(
      `  bulk, ${people} recipients, 100 a transaction, ${SESSIONS} sessions, 4 KB, unsigned, no failures, ${rig.durability}: ${result.perSecond}/s, ${result.ofSql} of the SQL alone`,
    );
    return result;
  } finally {
    await receiver.stop();
  }
}
