/**
 * One-to-one: our campaign (personalised 4 KB, fenced and logged in Postgres with fsync) against nodemailer's pool and
 * Postfix's smtp-source with as many sessions and as large a message, on one receiver, alternating, median of five.
 */
import { runCampaign } from '../campaign-run.ts';
import { JournalTail } from '../journal-tail.ts';
import { median, round2 } from '../median.ts';
import { runNodemailer } from '../peers/nodemailer.ts';
import { NO_SMTP_SOURCE, runSmtpSource } from '../peers/smtp-source.ts';
import { makeList } from '../people.ts';
import { fastReceiver, type Rig } from '../rig.ts';

export interface OneToOne {
  perSecond: number;
  vsNodemailer: number;
  /** null where Postfix is not installed. */
  vsSmtpSource: number | null;
}

/** One of them is the worker’s first minute, and a machine that others share moves each pair by a fifth. */
const ROUNDS = 5;
export const SESSIONS = 200;

export async function oneToOne(rig: Rig): Promise<OneToOne> {
  const people = rig.scaled(60_000);
  const receiver = await fastReceiver();
  const worker = await rig.startWorker(receiver.routes, {
    sessionsPerSite: SESSIONS,
    sessionsAtStart: SESSIONS,
  });
  const pids = { worker: worker.pid, receiver: receiver.pid };
  try {
    const tenantId = await rig.scenario.tenant({ name: 'bench' });
    const listId = await makeList(rig, tenantId, people);
    const port = Object.values(receiver.ports)[0] as number;
    const journal = new JournalTail(receiver.journalPath);
    const rates: number[] = [];
    const vsNodemailer: number[] = [];
    const vsSmtpSource: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const ours = await runCampaign(rig, { tenantId, listId, journal, people, pids });
      const messages = Math.ceil(people / 4);
      const pool = await runNodemailer(port, { sessions: SESSIONS, messages, round });
      const source = await runSmtpSource(port, {
        sessions: SESSIONS,
        messages: people,
        sizeBytes: ours.sizeBytes,
      });
      rates.push(ours.perSecond);
      vsNodemailer.push(ours.perSecond / pool);
      if (source) vsSmtpSource.push(ours.perSecond / source);
      rig.say(
        `  round ${round + 1}: hikyaku ${Math.round(ours.perSecond)}/s (${ours.sizeBytes} octets, ${ours.percentiles}; ${ours.cost}), nodemailer ${Math.round(pool)}/s, ${source ? `smtp-source -d ${Math.round(source)}/s` : NO_SMTP_SOURCE}`,
      );
    }
    const result = {
      perSecond: Math.round(median(rates)),
      vsNodemailer: round2(median(vsNodemailer)),
      vsSmtpSource: vsSmtpSource.length > 0 ? round2(median(vsSmtpSource)) : null,
    };
    rig.say(
      `  one-to-one, ${people} recipients, ${SESSIONS} sessions, 4 KB personalised, unsigned, no failures, ${rig.durability}: ${result.perSecond}/s, ${result.vsNodemailer} × nodemailer, ${result.vsSmtpSource ?? '–'} × smtp-source`,
    );
    return result;
  } finally {
    await worker.stop(30_000);
    await receiver.stop();
  }
}
