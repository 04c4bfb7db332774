import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findViolations } from './catalogue.ts';
import { openTestDb, type TestDb } from './database.ts';

describe('the catalogue of a migrated database', () => {
  let db: TestDb;
  let owner: pg.Client;
  const ask = async <Row>(text: string) => (await owner.query(text)).rows as Row[];

  beforeAll(async () => {
    db = await openTestDb();
    owner = new pg.Client(db.urls.ownerUrl);
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await db.end();
  });

  it('lets no tenant see another and no role do more than its part', async () => {
    expect(await findViolations(ask)).toEqual([]);
  });

  it('knows every table that carries a tenant', async () => {
    const rows = await ask<{ name: string }>(
      `select c.relname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
        where a.attname = 'tenant_id' and c.relkind in ('r', 'p') and not c.relispartition
          and c.relnamespace = 'public'::regnamespace order by 1`,
    );
    expect(rows.map((row) => row.name)).toEqual([
      'audit',
      'campaign',
      'campaign_lane',
      'delivery',
      'delivery_event',
      'hygiene_day',
      'hygiene_tenant_day',
      'import_chunk',
      'import_refusal',
      'list',
      'list_import',
      'mailbox_full',
      'membership',
      'quarantine',
      'recipient',
      'sender_domain',
      'suppression',
      'template',
      'veto_event',
    ]);
  });

  it.each([
    ['alter table recipient disable row level security'],
    ['alter table recipient no force row level security'],
    ['drop policy tenant_only on recipient'],
    ['drop policy tenant_only on tenant'],
    ['create policy open_door on delivery to hikyaku_app using (true)'],
    ['create policy open_door on delivery using (true)'],
    ['alter policy tenant_only on list with check (true)'],
    [
      'alter table recipient add constraint single foreign key (tenant_id) references tenant(id); ' +
        'alter table list add constraint list_id_only unique (id); ' +
        'alter table recipient add constraint single_list foreign key (list_id) references list(id)',
    ],
    ['create unique index recipient_email_everywhere on recipient(email_key)'],
    ['grant update on audit to hikyaku_staff'],
    ['grant delete on delivery_event to hikyaku_worker'],
    ['grant update (text) on delivery_event to hikyaku_worker'],
    ['grant delete on campaign_lane to hikyaku_app'],
    ['alter table campaign_lane drop constraint campaign_lane_tenant_id_campaign_id_fkey'],
    [
      'do $$ begin execute (select format($f$grant select on %I to hikyaku_app$f$, relname) from pg_class where relname like $f$delivery\\_event\\_20%\\___$f$ and relispartition and relkind = $f$r$f$ limit 1); end $$',
    ],
    ['create table secret (tenant_id uuid not null); grant select on secret to hikyaku_app'],
    ['create view all_lists as select * from list; grant select on all_lists to hikyaku_app'],
    ['grant select (password_hash) on app_user to hikyaku_app'],
    ['grant update (is_staff) on app_user to hikyaku_auth'],
    ['grant select on campaign to hikyaku_queue'],
    ['grant create on schema public to public'],
  ])('%s: is noticed', async (mutation) => {
    await owner.query('begin');
    try {
      await owner.query(mutation);
      expect(await findViolations(ask)).not.toEqual([]);
    } finally {
      await owner.query('rollback');
    }
  });

  it('partitions are there for last month, this month and three months ahead', async () => {
    const rows = await ask<{ name: string }>(
      `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'delivery_event'::regclass order by 1`,
    );
    const first = new Date();
    first.setUTCDate(1);
    const expected = [-1, 0, 1, 2, 3].map((months) => {
      const month = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + months, 1));
      return `delivery_event_${month.toISOString().slice(0, 7).replace('-', '_')}`;
    });
    expect(rows.map((row) => row.name)).toEqual(expected);
  });

  it('the worker makes more partitions, once, from several connections at the same time', async () => {
    const made = await Promise.all(
      [1, 2, 3, 4].map(() =>
        db.worker.query<{ n: number }>('select ensure_event_partitions(6) as n'),
      ),
    );
    expect(made.map(({ rows }) => rows[0]?.n ?? 0).reduce((a, b) => a + b)).toBe(3);
    expect(await findViolations(ask)).toEqual([]);
  });

  it('nobody but the worker makes partitions', async () => {
    for (const url of [db.urls.appUrl, db.urls.authUrl, db.urls.staffUrl]) {
      await expect(db.as(url, 'select ensure_event_partitions(9)')).rejects.toThrow(
        /permission denied/,
      );
    }
  });
});
