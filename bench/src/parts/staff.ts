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
    if (counted !== events) throw new Error(`${counted} of ${events} events were counted.`);
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
      `  staff's pages, ${TENANTS} tenants, ${events} events: ${figures.map(([name, ms]) => `${name} ${ms} ms`).join(', ')}; rollup ${perSecond} events/s`,
    );
    return { slowestMs: Math.max(...figures.map(([, ms]) => ms)), rolledUpPerSecond: perSecond };
  } finally {
    await closeDb(workerDb);
    await closeDb(staffDb);
  }
}

/** Ten attempts a delivery, over thirty days; made by Postgres itself. Keys hold by construction and are not asked for. */
async function fill(rig: Rig, events: number): Promise<void> {
  const query = (text: string) => rig.scenario.query(text);
  const deliveries = Math.ceil(events / 10);
  await query(
    `insert into lane (site, source) values ('d1.example', '127.0.0.1') on conflict do nothing`,
  );
  await query(`
    insert into tenant (name, "window") select 'bench ' || i, '{}' from generate_series(1, ${TENANTS}) i`);
  await query(`
    insert into campaign (tenant_id, name, state, "window", launched_at, finished_at, total)
    select t.id, 'campaign ' || i, 'finished', '{}', now(), now(), 0 from tenant t, generate_series(1, ${CAMPAIGNS}) i where t.name like 'bench %'`);
  await query(`
    with c as (select tenant_id, id, row_number() over (order by tenant_id, id) - 1 as n, count(*) over () as of from campaign)
    insert into delivery (tenant_id, campaign_id, recipient_id, lane_id, email, email_key, domain, state, attempts)
    select c.tenant_id, c.id, i, (select min(id) from lane), 'p' || i || '@d.example', 'p' || i || '@d.example', 'd' || i % ${DOMAINS} || '.example', 'accepted', 10
      from generate_series(1, ${deliveries}) i join c on c.n = i % c.of`);
  await query(`
    insert into delivery_event (tenant_id, delivery_id, attempt, at, campaign_id, lane_id, epoch, source, mx_host, mx_address,
      session, transaction, mode, phase, text, category, disposition, size_bytes)
    select d.tenant_id, d.id, a, now() - make_interval(hours => ((d.id * 7 + a) % ${(DAYS - 2) * 24})::int), d.campaign_id, d.lane_id, 1, '127.0.0.1', '', '',
           's', a, 'one_to_one', 'RCPT', '',
           case when (d.id + a) % 17 = 0 then 'unknown-user' when (d.id + a) % 23 = 0 then 'reputation' else 'accepted' end,
           case when (d.id + a) % 17 = 0 or (d.id + a) % 23 = 0 then 'bounced' else 'accepted' end::disposition, 4000
      from delivery d, generate_series(1, 10) a limit ${events}`);
  await query(`
    insert into veto_event (at, site, source, domains, tenant_id, from_state, state, reason)
    select now() - make_interval(mins => i), 'd' || i % ${DOMAINS} || '.example', '127.0.0.1', array['d' || i % ${DOMAINS} || '.example'],
           (select id from tenant where name = 'bench ' || i % ${TENANTS} + 1), 'clear', 'blocked', 'block-replies'
      from generate_series(1, 5000) i`);
  await query('vacuum analyze');
}
