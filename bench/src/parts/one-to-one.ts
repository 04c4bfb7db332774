/**
 * One-to-one: our campaign (personalised 4 KB, fenced and logged in Postgres with fsync) against nodemailer's pool with as
 * many connections, on one receiver, alternating, median of three. A run whose log differs from the journal does not count.
 */

import { fileURLToPath } from 'node:url';
import { startChild } from '@hikyaku/testkit/child-process';
import { startWorkerProcess } from '@hikyaku/testkit/worker-process';
import { HTML, SUBJECT, TEXT } from '../content.ts';
import { median } from '../median.ts';
import { fastReceiver, type Rig } from '../rig.ts';

export interface OneToOne {
  perSecond: number;
  vsNodemailer: number;
}

const NODEMAILER = fileURLToPath(new URL('../nodemailer-main.ts', import.meta.url));
const ROUNDS = 3;

export async function oneToOne(
  rig: Rig,
  say: (line: string) => void,
  { sessions = 200, recipients = 30_000 } = {},
): Promise<OneToOne> {
  const receiver = await fastReceiver();
  const worker = await startWorkerProcess({
    database: rig.database,
    routes: receiver.routes,
    tuning: { sessionsPerSite: sessions, sessionsAtStart: sessions, leaseMs: 30_000, timeScale: 1 },
  });
  try {
    const tenantId = await rig.scenario.tenant({ name: 'bench' });
    const emails = Array.from({ length: recipients }, (_, i) => `h${i}@bench.example`);
    const listId = await rig.scenario.list(tenantId, emails);
    await rig.scenario.query('analyze');
    const port = Object.values(receiver.ports)[0] as number;
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(await runOurs(rig, receiver, tenantId, listId, recipients));
      theirs.push(await runNodemailer(port, sessions, Math.ceil(recipients / 3), round));
      say(
        `  round ${round + 1}: hikyaku ${Math.round(ours.at(-1) as number)}/s, nodemailer ${Math.round(theirs.at(-1) as number)}/s`,
      );
    }
    const perSecond = median(ours);
    const vsNodemailer = median(ours.map((rate, round) => rate / (theirs[round] as number)));
    say(
      `  one-to-one, ${sessions} sessions, 4 KB personalised, unsigned, ${rig.durability}: ${Math.round(perSecond)}/s, ${vsNodemailer.toFixed(2)} × nodemailer`,
    );
    return { perSecond: Math.round(perSecond), vsNodemailer: round2(vsNodemailer) };
  } finally {
    await worker.stop(30_000);
    await receiver.stop();
  }
}

/** Recipients accepted and durable in the log, per second between the first and the last of them. */
async function runOurs(
  rig: Rig,
  receiver: Awaited<ReturnType<typeof fastReceiver>>,
  tenantId: string,
  listId: string,
  recipients: number,
): Promise<number> {
  const before = receiver.accepted().length;
  const campaignId = await rig.scenario.campaign({
    tenantId,
    listId,
    content: { subject: SUBJECT, html: HTML, text: TEXT },
  });
  await rig.scenario.finished(campaignId, 300_000);
  const [log] = await rig.scenario.query<{ accepted: number; distinct: number; seconds: number }>(
    `select count(*)::int as accepted, count(distinct delivery_id)::int as distinct,
            extract(epoch from max(at) - (select launched_at from campaign where id = $1))::float8 as seconds
       from delivery_event where campaign_id = $1 and disposition = 'accepted'`,
    [campaignId],
  );
  const journal = receiver.accepted().slice(before);
  const ids = new Set(journal.map((row) => row.headerDeliveryId));
  if (
    !log ||
    log.accepted !== recipients ||
    log.distinct !== recipients ||
    journal.length !== recipients ||
    ids.size !== recipients
  ) {
    throw new Error(
      `The log (${log?.accepted}) and the journal (${journal.length}) differ: this speed does not count.`,
    );
  }
  return recipients / log.seconds;
}

async function runNodemailer(
  port: number,
  sessions: number,
  count: number,
  round: number,
): Promise<number> {
  const child = await startChild(NODEMAILER, [port, sessions, count, round].map(String), {
    timeoutMs: 300_000,
  });
  const { accepted, seconds } = child.ready as { accepted: number; seconds: number };
  await child.stop();
  return accepted / seconds;
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
