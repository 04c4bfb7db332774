/**
 * The staff's hygiene pages with 1,000 tenants and 10,000,000 events: the counters are brought up to the log by the worker's own
 * rollup, and each page's queries are measured as the dashboard asks them.
 */
import {
  asStaff,
  asWorker,
  blockTimeline,
  closeDb,
  listBlocks,
  openDb,
  type StaffScope,
  tenantHygiene,
  tenantsByRisk,
} from '@hikyaku/db';
import { rollUpHygiene } from '@hikyaku/db/worker';
import { median } from '../median.ts';
import type { Rig } from '../rig.ts';

const TENANTS = 1_000;
const CAMPAIGNS = 20;
const DOMAINS = 10;
const ROUNDS = 9;
const DAYS = 30;
const ATTEMPTS = 10;
const TENANTS_AT_ONCE = 5;

export interface StaffPages {
  /** The slowest page, its median. */
  slowestMs: number;
  /** Events that the rollup counts a second. */
  rolledUpPerSecond: number;
}

export async function staff(rig: Rig): Promise<StaffPages> {
  const events = rig.scaled(10_000_000);
  await fill(rig, events);
  const workerDb = openDb({ url: rig.urls.worker, max: 1 });
  const staffDb = openDb({ url: rig.urls.staff, max: 1 });
  try {
    const startedMs = performance.now();
    const worker = asWorker(workerDb);
    let counted = 0;
    for (let more = -1; more !== 0; counted += Math.max(0, more))
      more = await rollUpHygiene(worker);
    const perSecond = Math.round(counted / ((performance.now() - startedMs) / 1_000));
    const [log] = await rig.scenario.query<{ events: number }>(
      'select count(*)::int as events from delivery_event',
    );
    if (!log || counted !== log.events || counted < events)
      throw new Error(`${counted} of ${log?.events} events were counted, ${events} were wanted.`);
    await rig.scenario.query('analyze');
    const [worst] = await asStaff(staffDb, null, (scope) => tenantsByRisk(scope, { days: DAYS }));
    const tenantId = worst?.tenantId ?? '';
    const pages: Record<string, (scope: StaffScope) => Promise<unknown>> = {
      'tenants by risk': (scope) => tenantsByRisk(scope, { days: DAYS }),
      'hygiene of one': (scope) => tenantHygiene(scope, tenantId, { days: DAYS }),
      blocks: (scope) => listBlocks(scope),
      timeline: (scope) => blockTimeline(scope, { site: 'd1.example', source: '127.0.0.1' }),
    };
    const figures: [string, number][] = [];
    for (const [name, page] of Object.entries(pages)) {
      const took: number[] = [];
      for (let i = 0; i < ROUNDS; i++) {
        const sinceMs = performance.now();
        await asStaff(staffDb, null, page);
        took.push(performance.now() - sinceMs);
      }
      figures.push([name, Math.round(median(took))]);
    }
    rig.say(
      `  staff's pages, ${TENANTS} tenants, ${counted} events: ${figures.map(([name, ms]) => `${name} ${ms} ms`).join(', ')}; rollup ${perSecond} events/s`,
    );
    return { slowestMs: Math.max(...figures.map(([, ms]) => ms)), rolledUpPerSecond: perSecond };
  } finally {
    await closeDb(workerDb);
    await closeDb(staffDb);
  }
}

/**
 * Ten attempts a delivery, over thirty days; made by Postgres itself, some tenants a transaction, as a log grows. Keys hold by
 * construction and are not asked for.
 */
async function fill(rig: Rig, events: number): Promise<void> {
  const query = (text: string, values?: unknown[]) =>
    rig.scenario.query<{ id: string }>(text, values);
  const each = Math.ceil(events / TENANTS / CAMPAIGNS / ATTEMPTS);
  await query(
    `insert into lane (site, source) values ('d1.example', '127.0.0.1') on conflict do nothing`,
  );
  const tenants = await query(
    `insert into tenant (name, "window") select 'bench ' || i, '{}' from generate_series(1, ${TENANTS}) i returning id`,
  );
  await query(`
    insert into campaign (tenant_id, name, state, "window", launched_at, finished_at, total)
    select t.id, 'campaign ' || i, 'finished', '{}', now(), now(), ${each} from tenant t, generate_series(1, ${CAMPAIGNS}) i where t.name like 'bench %'`);
  let from = 0;
  const fillSome = async () => {
    while (from < TENANTS) {
      const ids = tenants.slice(from, from + TENANTS_AT_ONCE).map(({ id }) => id);
      from += TENANTS_AT_ONCE;
      await query(
        `with unchecked as materialized (select set_config('session_replication_role', 'replica', true)),
         d as (
           insert into delivery (tenant_id, campaign_id, recipient_id, lane_id, email, email_key, domain, state, attempts)
           select c.tenant_id, c.id, i, (select min(id) from lane), 'p' || i || '@d.example', 'p' || i || '@d.example', 'd' || i % ${DOMAINS} || '.example', 'accepted', ${ATTEMPTS}
             from unchecked, campaign c, generate_series(1, ${each}) i where c.tenant_id = any($1::uuid[])
           returning tenant_id, id, campaign_id, lane_id)
         insert into delivery_event (tenant_id, delivery_id, attempt, at, campaign_id, lane_id, epoch, source, mx_host, mx_address,
           session, transaction, mode, phase, text, category, disposition, size_bytes)
         select d.tenant_id, d.id, a, now() - make_interval(hours => ((d.id * 7 + a) % ${(DAYS - 2) * 24})::int), d.campaign_id, d.lane_id, 1, '127.0.0.1', '', '',
                's', a, 'one_to_one', 'RCPT', '',
                case when (d.id + a) % 17 = 0 then 'unknown-user' when (d.id + a) % 23 = 0 then 'reputation' else 'accepted' end,
                case when (d.id + a) % 17 = 0 or (d.id + a) % 23 = 0 then 'bounced' else 'accepted' end::disposition, 4000
           from d, generate_series(1, ${ATTEMPTS}) a`,
        [ids],
      );
    }
  };
  await Promise.all([fillSome(), fillSome()]);
  await query(`
    insert into veto_event (at, site, source, domains, tenant_id, from_state, state, reason)
    select now() - make_interval(mins => i), 'd' || i % ${DOMAINS} || '.example', '127.0.0.1', array['d' || i % ${DOMAINS} || '.example'],
           (select id from tenant where name = 'bench ' || i % ${TENANTS} + 1), 'clear', 'blocked', 'block-replies'
      from generate_series(1, 5000) i`);
  await query('vacuum analyze');
}
