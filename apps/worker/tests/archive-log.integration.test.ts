/** Old months of the log: exported whole, verified, and only then dropped; a crash in between loses nothing and is gone on from. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { asWorker, closeDb, type Db, openDb, type WorkerScope } from '@hikyaku/db';
import { dropArchivedMonth } from '@hikyaku/db/worker';
import { createTestDatabase, type TestDatabase } from '@hikyaku/testkit/postgres';
import { openScenario, type Scenario } from '@hikyaku/testkit/scenario';
import { startWorkerProcess } from '@hikyaku/testkit/worker-process';
import { parse } from 'csv-parse/sync';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { archiveLog, type MonthOutcome } from '../src/jobs/archive-log.ts';

const ADMIN = fileURLToPath(new URL('../src/cli/admin.ts', import.meta.url));
const RECONCILE = fileURLToPath(new URL('../src/cli/reconcile.ts', import.meta.url));
const RETENTION = 25;
/** Far behind any retention that is used here. */
const OLD = 'delivery_event_2021_03';
const ROWS = 50;

describe('old months of the log', () => {
  let database: TestDatabase;
  let scenario: Scenario;
  let db: Db;
  let scope: WorkerScope;
  let dir: string;
  let campaignId: string;

  beforeEach(async () => {
    database = await createTestDatabase();
    scenario = await openScenario(database.superuserUrl);
    db = openDb({ url: database.workerUrl, max: 4 });
    scope = asWorker(db);
    dir = mkdtempSync(join(tmpdir(), 'hikyaku-archive-'));
    const tenantId = await scenario.tenant();
    const emails = Array.from({ length: ROWS }, (_, i) => `p${i}@archive.example`);
    campaignId = await scenario.campaign({
      tenantId,
      listId: await scenario.list(tenantId, emails),
    });
    await addMonth(OLD, '2021-03', campaignId);
    await over(campaignId);
  });

  afterEach(async () => {
    rmSync(dir, { recursive: true, force: true });
    await closeDb(db);
    await scenario.close();
    await database.drop();
  });

  const over = (id: string) =>
    scenario.query(
      `update campaign set state = 'finished', launched_at = '2021-03-02', finished_at = '2021-03-03' where id = $1`,
      [id],
    );

  /** The program, to its end. */
  async function run(program: string, ...args: string[]) {
    const child = spawn(process.execPath, [program, ...args], {
      env: { ...process.env, WORKER_DATABASE_URL: database.workerUrl, LOG_ARCHIVE_DIR: dir },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data) => (output += data));
    const [code] = await once(child, 'close');
    return { code, output };
  }

  /** A month as the timer made it in its time, with a delivery and an event for each recipient. */
  async function addMonth(partition: string, month: string, id: string): Promise<void> {
    await scenario.query(
      `create table ${partition} partition of delivery_event for values from ('${month}-01 00:00:00+00')
         to ('${month}-01 00:00:00+00'::timestamptz + interval '1 month')`,
    );
    // The owner of the log owns its months.
    const [log] = await scenario.query<{ owner: string }>(
      `select tableowner as owner from pg_tables where tablename = 'delivery_event'`,
    );
    await scenario.query(`alter table ${partition} owner to ${log?.owner}`);
    await scenario.query(
      `alter table ${partition} enable row level security, force row level security`,
    );
    await scenario.query(
      `with lane as (insert into lane (site, source) values ('${partition}', '127.0.0.1') returning id),
            d as (insert into delivery (tenant_id, campaign_id, recipient_id, lane_id, email, email_key, domain, state)
                  select c.tenant_id, c.id, r.id, lane.id, r.email, r.email_key, r.domain, 'accepted'
                    from campaign c join recipient r on r.tenant_id = c.tenant_id and r.list_id = c.list_id, lane
                   where c.id = $1 returning *)
       select count(*) from d`,
      [id],
    );
    await scenario.query(
      `insert into delivery_event (tenant_id, delivery_id, attempt, at, campaign_id, lane_id, epoch, source, mx_host, mx_address,
         session, transaction, mode, phase, code, text, category, disposition, size_bytes)
       select tenant_id, id, 1, '${month}-02 03:04:05.678+00'::timestamptz + id * interval '1 second', campaign_id, lane_id, 1, '127.0.0.1', 'mx', '1.2.3.4', 's', 1,
              'one_to_one', 'DOT', 250, E'OK, "queued"\\nas ' || email, 'accepted', 'accepted', 4000
         from delivery where campaign_id = $1`,
      [id],
    );
  }

  async function archive(
    options: { isDryRun?: boolean; retentionMonths?: number } = {},
  ): Promise<[string, MonthOutcome, number | null][]> {
    const seen: [string, MonthOutcome, number | null][] = [];
    await archiveLog({
      scope,
      stopping: new AbortController().signal,
      retentionMonths: RETENTION,
      archiveDir: dir,
      onMonth: (...month) => seen.push(month),
      ...options,
    });
    return seen;
  }

  const months = async () =>
    (
      await scenario.query<{ name: string }>(
        `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
          where i.inhparent = 'delivery_event'::regclass order by 1`,
      )
    ).map(({ name }) => name);
  const audits = async () =>
    (
      await scenario.query<{ action: string }>(
        `select action from audit where action like 'log.%' order by id`,
      )
    ).map(({ action }) => action);
  const rowsOf = (file: string): string[][] => parse(gunzipSync(readFileSync(join(dir, file))));

  it('are exported whole and dropped, once, and both are written down', async () => {
    const young = (await months()).filter((name) => name !== OLD);
    expect(await archive({ isDryRun: true })).toEqual([[OLD, 'would-archive', null]]);
    expect(readdirSync(dir)).toEqual([]);
    expect(await archive()).toEqual([[OLD, 'dropped', ROWS]]);
    expect(await months()).toEqual(young);
    expect(readdirSync(dir)).toEqual([`${OLD}.csv.gz`]);
    const [header, ...rows] = rowsOf(`${OLD}.csv.gz`);
    expect(rows).toHaveLength(ROWS);
    expect(header).toContain('disposition');
    const text = header?.indexOf('text') ?? -1;
    const at = header?.indexOf('at') ?? -1;
    expect(rows[0]?.[text]).toMatch(/^OK, "queued"\nas p\d+@archive\.example$/);
    expect(rows[0]?.[at]).toMatch(/^2021-03-02 03:\d\d:\d\d\.678\+00$/);
    expect(await audits()).toEqual(['log.export', 'log.drop']);
    expect(await archive()).toEqual([]);
    expect(await audits()).toHaveLength(2);
  });

  it('stay while a campaign that is not over has rows in them', async () => {
    await scenario.query(
      `update campaign set state = 'running', finished_at = null where id = $1`,
      [campaignId],
    );
    expect(await archive()).toEqual([[OLD, 'unfinished', null]]);
    expect(await months()).toContain(OLD);
    await over(campaignId);
    expect(await archive()).toEqual([[OLD, 'dropped', ROWS]]);
  });

  it('by hand say what was done; what reconciles a campaign of such a month says where its attempts are', async () => {
    expect(await run(ADMIN, 'archive-log', '--dry-run')).toMatchObject({
      code: 0,
      output: expect.stringContaining(`${OLD}: would be exported and dropped`),
    });
    expect(await run(ADMIN, 'archive-log')).toMatchObject({
      code: 0,
      output: expect.stringContaining(`${OLD}: ${ROWS} rows, exported and dropped`),
    });
    expect(await run(ADMIN, 'archive-log', '--all')).toMatchObject({ code: 2 });
    expect(await run(RECONCILE, '--campaign', campaignId)).toMatchObject({
      code: 2,
      output: expect.stringContaining(`${OLD}.csv.gz`),
    });
  });

  it('are archived by a worker by itself, and by none that was not told where to', async () => {
    const start = (env: Record<string, string>) =>
      startWorkerProcess({ database, routes: '* = 127.0.0.1:9', env });
    const idle = await start({});
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await idle.stop(30_000);
    expect(await months()).toContain(OLD);
    const worker = await start({ LOG_ARCHIVE_DIR: dir });
    await expect.poll(audits, { timeout: 60_000 }).toEqual(['log.export', 'log.drop']);
    await worker.stop(30_000);
    expect(rowsOf(`${OLD}.csv.gz`)).toHaveLength(ROWS + 1);
  });

  it('within the retention are left alone, to the day', async () => {
    const { rows } = await scope.query<{ months: number }>(
      `select (extract(year from age(date_trunc('month', now() at time zone 'UTC'), timestamp '2021-04-01')) * 12
             + extract(month from age(date_trunc('month', now() at time zone 'UTC'), timestamp '2021-04-01')))::int as months`,
    );
    const age = rows[0]?.months ?? 0;
    expect(await archive({ retentionMonths: age + 1, isDryRun: true })).toEqual([]);
    expect(await archive({ retentionMonths: age, isDryRun: true })).toHaveLength(1);
  });

  it('killed between the export and the drop: the next run drops what the first one wrote, without a second export', async () => {
    // Somebody reads the log: the drop has to wait, and there the process is killed.
    const reader = new pg.Client(database.superuserUrl);
    await reader.connect();
    await reader.query(`begin; select count(*) from ${OLD}`);
    const child = spawn(process.execPath, [ADMIN, 'archive-log'], {
      env: { ...process.env, WORKER_DATABASE_URL: database.workerUrl, LOG_ARCHIVE_DIR: dir },
      stdio: 'inherit',
    });
    const ended = once(child, 'exit');
    await expect.poll(audits, { timeout: 60_000 }).toEqual(['log.export']);
    child.kill('SIGKILL');
    expect((await ended)[1]).toBe('SIGKILL');
    await reader.query('rollback');
    await reader.end();
    expect(await months()).toContain(OLD);
    const written = readFileSync(join(dir, `${OLD}.csv.gz`));
    // Its server process may still hold the lock for a moment.
    await expect.poll(() => archive(), { timeout: 30_000 }).toEqual([[OLD, 'dropped', ROWS]]);
    expect(readFileSync(join(dir, `${OLD}.csv.gz`)).equals(written)).toBe(true);
    expect(await audits()).toEqual(['log.export', 'log.drop']);
  });

  it('a half-written file of a killed run, and one that was damaged since, are exported anew', async () => {
    writeFileSync(join(dir, `${OLD}.csv.gz.part`), 'half');
    const reader = new pg.Client(database.superuserUrl);
    await reader.connect();
    await reader.query(`begin; select count(*) from ${OLD}`);
    expect(await archive()).toEqual([[OLD, 'busy', ROWS]]);
    await reader.query('rollback');
    await reader.end();
    expect(existsSync(join(dir, `${OLD}.csv.gz.part`))).toBe(false);
    truncateSync(join(dir, `${OLD}.csv.gz`), 20);
    expect(await archive()).toEqual([[OLD, 'dropped', ROWS]]);
    expect(rowsOf(`${OLD}.csv.gz`)).toHaveLength(ROWS + 1);
    expect(await audits()).toEqual(['log.export', 'log.export', 'log.drop']);
  });

  it('the database refuses to drop what is young, not exported, changed since, or no month of the log', async () => {
    const drop = (partition: string, retention = RETENTION) =>
      dropArchivedMonth(scope, partition, retention);
    await expect(drop(OLD)).rejects.toMatchObject({ code: 'HK004' });
    const young = (await months()).at(-1) as string;
    await expect(drop(young)).rejects.toMatchObject({ code: 'HK003' });
    await expect(drop(young, 0)).rejects.toMatchObject({ code: 'HK001' });
    await expect(drop('campaign')).rejects.toMatchObject({ code: 'HK002' });
    await expect(drop('delivery_event_2021_04')).rejects.toMatchObject({ code: 'HK002' });
    await scope.query(
      `insert into log_archive (partition, from_at, to_at, row_count, file, size_bytes, sha256)
       values ($1, '2021-03-01', '2021-04-01', 7, 'x', 1, 'x')`,
      [OLD],
    );
    await expect(drop(OLD)).rejects.toMatchObject({ code: 'HK005' });
    expect(await months()).toContain(OLD);
    const rows = await scenario.query<{ forced: boolean }>(
      'select relforcerowsecurity as forced from pg_class where relname = $1',
      [OLD],
    );
    expect(rows).toEqual([{ forced: true }]);
  });
});
