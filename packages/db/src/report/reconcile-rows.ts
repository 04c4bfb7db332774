/** Delivery rows beside what the log says of them, for whoever wants proof that both agree. By keyset, for lists of millions. */
import type { WorkerScope } from '../scope/worker-scope.ts';

export interface ReconcileRow {
  id: string;
  email: string;
  state: string;
  attempts: number;
  /** Distinct attempts in the log. */
  loggedAttempts: number;
  /** Of the latest event; null where there is none. */
  lastDisposition: string | null;
  /** Events that say accepted. */
  acceptedEvents: number;
}

export interface ReconcileCampaign {
  tenantId: string;
  name: string;
  state: string;
  total: number | null;
  /** Exported months of the log, gone from the database, in which it was under way. */
  archivedFiles: string[];
}

export async function readReconcileCampaign(
  scope: WorkerScope,
  campaignId: string,
): Promise<ReconcileCampaign | undefined> {
  const { rows } = await scope.query<ReconcileCampaign>(
    `select c.tenant_id as "tenantId", c.name, c.state, c.total,
            array(select a.file from log_archive a
                   where a.dropped_at is not null and a.to_at > c.launched_at and a.from_at <= coalesce(c.finished_at, now())
                   order by a.from_at) as "archivedFiles"
       from campaign c where c.id = $1`,
    [campaignId],
  );
  return rows[0];
}

export async function* reconcileRows(
  scope: WorkerScope,
  campaign: { tenantId: string; campaignId: string },
): AsyncGenerator<ReconcileRow> {
  const limit = 5_000;
  for (let after = '0'; ; ) {
    const { rows } = await scope.query<ReconcileRow>(
      `select d.id, d.email, d.state, d.attempts, coalesce(e.attempts, 0)::int as "loggedAttempts",
              e.last as "lastDisposition", coalesce(e.accepted, 0)::int as "acceptedEvents"
         from (select * from delivery where tenant_id = $1 and campaign_id = $2 and id > $3 order by id limit $4) d
         left join lateral (
           select count(distinct attempt) as attempts, (array_agg(disposition order by at desc, attempt desc))[1] as last,
                  count(*) filter (where disposition = 'accepted') as accepted
             from delivery_event where tenant_id = $1 and delivery_id = d.id
         ) e on true
        order by d.id`,
      [campaign.tenantId, campaign.campaignId, after, limit],
    );
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < limit) return;
    after = last.id;
  }
}
