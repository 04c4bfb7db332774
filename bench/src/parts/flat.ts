/**
 * Whether the cost of a message stays flat: messages/s at 1,000,000 recipients against 10,000, and again at 1,000,000 with
 * 10,000,000 rows in the log. One worker throughout; from the first acceptance to the last, launch under way included.
 */
import { type CampaignRun, runCampaign } from '../campaign-run.ts';
import { JournalTail } from '../journal-tail.ts';
import { median, round2 } from '../median.ts';
import { makeList } from '../people.ts';
import { fastReceiver, type Rig } from '../rig.ts';
import { SESSIONS } from './one-to-one.ts';

const ROUNDS = 3;

export async function flat(rig: Rig): Promise<{ at1M: number; at10MLog: number }> {
  const [few, many, logRows] = [rig.scaled(10_000), rig.scaled(1_000_000), rig.scaled(10_000_000)];
  const tenantId = await rig.scenario.tenant({ name: 'bench' });
  const small = await makeList(rig, tenantId, few);
  const large = await makeList(rig, tenantId, many);
  const run = async (what: string, listId: string, people: number): Promise<CampaignRun> => {
    // A receiver of its own, so that the journals of millions need not lie on the disk together.
    const receiver = await fastReceiver();
    const worker = await rig.startWorker(receiver.routes, {
      sessionsPerSite: SESSIONS,
      sessionsAtStart: SESSIONS,
    });
    try {
      const pids = { worker: worker.pid, receiver: receiver.pid };
      const journal = new JournalTail(receiver.journalPath);
      const result = await runCampaign(rig, { tenantId, listId, journal, people, pids });
      rig.say(
        `  ${what}: ${Math.round(result.steadyPerSecond)}/s (${result.percentiles}; ${result.cost}), worker at most ${rig.memory.peakMB} MB so far`,
      );
      return result;
    } finally {
      await worker.stop(30_000);
      await receiver.stop();
    }
  };

  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round++)
    rates.push((await run(`${few} recipients`, small, few)).steadyPerSecond);
  const base = median(rates);
  const million = await run(`${many} recipients`, large, many);
  await rig.scenario.query('truncate delivery cascade');
  const startedMs = performance.now();
  await fillLog(rig, tenantId, logRows);
  rig.say(
    `  ${logRows} rows put into the log in ${Math.round((performance.now() - startedMs) / 1_000)} s`,
  );
  const full = await run(`${many} recipients, ${logRows} rows in the log`, large, many);
  const result = {
    at1M: round2(million.steadyPerSecond / base),
    at10MLog: round2(full.steadyPerSecond / base),
  };
  rig.say(
    `  flat, one-to-one, 4 KB personalised, unsigned, ${SESSIONS} sessions, ${rig.durability}: ${few} recipients ${Math.round(base)}/s (median of ${ROUNDS}); ${many} ${result.at1M} ×; with ${logRows} rows in the log ${result.at10MLog} ×`,
  );
  return result;
}

/**
 * Rows of the log in the partition that is being written to, so that its index is as deep as it gets. Without deliveries
 * behind them (ids below zero, keys not checked): ten million of those would not fit on the disk that this may take.
 */
async function fillLog(rig: Rig, tenantId: string, count: number): Promise<void> {
  const [campaign] = await rig.scenario.query<{ id: string }>('select id from campaign limit 1');
  const step = 1_000_000;
  for (let from = 0; from < count; from += step) {
    await rig.scenario.query(
      `with unchecked as materialized (select set_config('session_replication_role', 'replica', true))
       insert into delivery_event (tenant_id, delivery_id, attempt, at, campaign_id, lane_id, epoch, source, mx_host, mx_address,
         session, transaction, mode, phase, code, enhanced, text, category, disposition, envelope_ms, dot_ms, size_bytes)
       select $1, n - 20000000, 1, greatest(date_trunc('month', now()), now() - interval '1 day'), $2, 1, 1, '127.0.0.1', 'mx.example',
              '192.0.2.1:25', 'w1-' || n % 200, 1, 'one_to_one', 'DOT', 250, '2.0.0', '2.0.0 Ok: queued as ' || n, 'accepted',
              'accepted', 3, 4, 4000
         from unchecked, generate_series($3::bigint, $4::bigint - 1) as n`,
      [tenantId, campaign?.id, from, Math.min(count, from + step)],
    );
  }
  await rig.scenario.query('vacuum analyze delivery_event');
}
