/** Makes tenants, lists and campaigns in a test database, and reads back what became of them. As superuser, in sets. */
import pg from 'pg';

export interface Scenario {
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  tenant(options?: { name?: string; isCleaningOn?: boolean }): Promise<string>;
  /** A list with these people; `fields` are merged with `{name}`. */
  list(tenantId: string, emails: readonly string[]): Promise<string>;
  /** A campaign that starts now, all day; one-to-one unless said otherwise. */
  campaign(options: CampaignOptions): Promise<string>;
  /** Rows by state, all states that occur. */
  states(campaignId: string): Promise<Record<string, number>>;
  /** Resolves when `isDone` says so, or rejects with the states after `timeoutMs`. */
  until(
    campaignId: string,
    isDone: (states: Record<string, number>, state: string) => boolean,
    timeoutMs?: number,
  ): Promise<void>;
  finished(campaignId: string, timeoutMs?: number): Promise<void>;
  close(): Promise<void>;
}

export interface CampaignOptions {
  tenantId: string;
  listId: string;
  name?: string;
  content?: { subject: string; html: string; text: string };
  window?: object;
  mode?: 'one_to_one' | 'bulk';
  /** Epoch ms; default: now. */
  startAtMs?: number;
  /** Open time until waiting rows expire, multiplied by the worker's timeScale; default a year, so that a slow machine expires nothing. */
  expiryHours?: number;
}

const ALL_DAY = { days: [1, 2, 3, 4, 5, 6, 7], start: '00:00', end: '24:00', zone: 'Asia/Tokyo' };

const CONTENT = {
  subject: '{{ name }}様へのお知らせ',
  html: '<p>{{ name }} 様</p><p>秋の新作をご案内します。</p>',
  text: '{{ name }} 様\n\n秋の新作をご案内します。\n',
};

export async function openScenario(superuserUrl: string): Promise<Scenario> {
  const pool = new pg.Pool({ connectionString: superuserUrl, max: 3 });
  // Tests stop the server on purpose; a broken idle connection is replaced.
  pool.on('error', () => {});
  const query = async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
    (await pool.query<Row>(text, values)).rows;
  const one = async (text: string, values: unknown[]) =>
    (await query<{ id: string }>(text, values))[0]?.id as string;

  const states = async (campaignId: string) => {
    const rows = await query<{ state: string; count: number }>(
      'select state, count(*)::int as count from delivery where campaign_id = $1 group by state',
      [campaignId],
    );
    return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  };
  const stateOf = async (campaignId: string) =>
    (await query<{ state: string }>('select state from campaign where id = $1', [campaignId]))[0]
      ?.state as string;

  const until: Scenario['until'] = async (campaignId, isDone, timeoutMs = 60_000) => {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const [now, state] = [await states(campaignId), await stateOf(campaignId)];
      if (isDone(now, state)) return;
      if (Date.now() > deadline)
        throw new Error(`Campaign is ${state} after ${timeoutMs} ms: ${JSON.stringify(now)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  return {
    query,
    states,
    until,
    finished: (campaignId, timeoutMs) =>
      until(campaignId, (_, state) => state === 'finished', timeoutMs),
    tenant: ({ name = 'Sakura', isCleaningOn = true } = {}) =>
      one('insert into tenant (name, "window", is_cleaning_on) values ($1, $2, $3) returning id', [
        name,
        ALL_DAY,
        isCleaningOn,
      ]),
    async list(tenantId, emails) {
      const id = await one(`insert into list (tenant_id, name) values ($1, 'list') returning id`, [
        tenantId,
      ]);
      await query(
        `insert into recipient (tenant_id, list_id, email, email_key, domain, fields)
         select $1, $2, e, lower(e), split_part(e, '@', 2), jsonb_build_object('name', '山田' || n)
           from unnest($3::text[]) with ordinality as w(e, n)`,
        [tenantId, id, emails],
      );
      return id;
    },
    async campaign({
      tenantId,
      listId,
      name = 'campaign',
      content = CONTENT,
      window = ALL_DAY,
      mode = 'one_to_one',
      startAtMs,
      expiryHours = 8_760,
    }) {
      const id = await one(
        `insert into campaign (tenant_id, list_id, name, state, from_name, from_email, content, start_at, "window", expiry_hours, mode)
         values ($1, $2, $3, 'scheduled', '桜商店', 'news@sakura.example', $4, coalesce(to_timestamp($5::float8 / 1000), now()), $6, $7, $8) returning id`,
        [tenantId, listId, name, content, startAtMs ?? null, window, expiryHours, mode],
      );
      await query(`select pg_notify('hikyaku_due', '')`);
      return id;
    },
    close: () => pool.end(),
  };
}
