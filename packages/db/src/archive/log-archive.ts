/**
 * Old months of the log: which may go, their rows as CSV, the record of an export, and the drop. The database itself refuses to
 * drop a month that lies within the retention, was not exported, or holds other rows than were exported.
 */
import type { Readable } from 'node:stream';
import type { WorkerScope } from '../scope/worker-scope.ts';

/** A partition of delivery_event: [fromAt, toAt). */
export interface LogMonth {
  partition: string;
  fromAt: Date;
  toAt: Date;
}

/** What was written to the archive for a month. */
export interface ArchivedMonth {
  file: string;
  rowCount: number;
  sizeBytes: number;
  sha256: string;
}

const ARCHIVE_LOCK = 72_707_373;

/** Runs `act` unless another worker archives now; false then. */
export async function tryArchiveLock(
  scope: WorkerScope,
  act: () => Promise<void>,
): Promise<boolean> {
  return scope.transaction(async (client) => {
    const { rows } = await client.query<{ isMine: boolean }>(
      'select pg_try_advisory_xact_lock($1) as "isMine"',
      [ARCHIVE_LOCK],
    );
    if (!rows[0]?.isMine) return false;
    await act();
    return true;
  });
}

/** Months whose last day lies at least `retentionMonths` whole months back, the oldest first. */
export async function readOldMonths(
  scope: WorkerScope,
  retentionMonths: number,
): Promise<LogMonth[]> {
  const { rows } = await scope.query<LogMonth>(
    `select * from (
       select c.relname as partition, to_date(right(c.relname, 7), 'YYYY_MM')::timestamp at time zone 'UTC' as "fromAt",
              (to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month') at time zone 'UTC' as "toAt"
         from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'delivery_event'::regclass and c.relname ~ '^delivery_event_[0-9]{4}_[0-9]{2}$') m
      where "toAt" <= (date_trunc('month', now() at time zone 'UTC') - make_interval(months => $1)) at time zone 'UTC'
      order by partition`,
    [retentionMonths],
  );
  return rows;
}

/** Whether a campaign that is not over has rows in it: its report still needs them. */
export async function hasUnfinishedCampaigns(
  scope: WorkerScope,
  month: LogMonth,
): Promise<boolean> {
  const { rows } = await scope.query<{ has: boolean }>(
    `select exists (select from delivery_event e where e.at >= $1 and e.at < $2
                       and e.campaign_id in (select id from campaign where finished_at is null)) as has`,
    [month.fromAt, month.toAt],
  );
  return rows[0]?.has ?? true;
}

/** Hands the month's rows to `take` as CSV with a header line, times in UTC; how many rows there were. */
export async function copyMonth(
  scope: WorkerScope,
  month: LogMonth,
  take: (csv: Readable) => Promise<void>,
): Promise<number> {
  return scope.transaction(async (client) => {
    await client.raw.query("set local timezone = 'UTC'");
    // COPY takes no parameters; both are times that Postgres itself gave.
    const [from, to] = [month.fromAt.toISOString(), month.toAt.toISOString()];
    const csv = scope.copyTo(
      client,
      `copy (select * from delivery_event where at >= '${from}' and at < '${to}') to stdout with (format csv, header)`,
    );
    await take(csv);
    return csv.rowCount;
  });
}

/** What was exported of a month that is still there. */
export async function readArchivedMonth(
  scope: WorkerScope,
  partition: string,
): Promise<ArchivedMonth | undefined> {
  const { rows } = await scope.query<ArchivedMonth>(
    `select file, row_count::float8 as "rowCount", size_bytes::float8 as "sizeBytes", sha256
       from log_archive where partition = $1 and dropped_at is null`,
    [partition],
  );
  return rows[0];
}

/** Writes down an export, with its audit row; a second export of the same month takes the first one's place. */
export async function recordArchivedMonth(
  scope: WorkerScope,
  { partition, fromAt, toAt }: LogMonth,
  archived: ArchivedMonth,
): Promise<void> {
  const { file, rowCount, sizeBytes, sha256 } = archived;
  await scope.transaction(async (client) => {
    await client.query(
      `insert into log_archive (partition, from_at, to_at, row_count, file, size_bytes, sha256)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (partition) do update set row_count = excluded.row_count, file = excluded.file,
         size_bytes = excluded.size_bytes, sha256 = excluded.sha256, exported_at = now(), dropped_at = null`,
      [partition, fromAt, toAt, rowCount, file, sizeBytes, sha256],
    );
    await client.query(AUDIT, ['log.export', partition, JSON.stringify(archived)]);
  });
}

/**
 * Drops a month, with its audit row, and returns how many rows went. Rejects with a Postgres error: code HK003 within the retention,
 * HK004 not exported, HK005 other rows than were exported, 55P03 when somebody reads the log for so long that it has to wait.
 */
export async function dropArchivedMonth(
  scope: WorkerScope,
  partition: string,
  retentionMonths: number,
): Promise<number> {
  return scope.transaction(async (client) => {
    const { rows } = await client.query<{ dropped: number }>(
      'select drop_archived_month($1, $2)::float8 as dropped',
      [partition, retentionMonths],
    );
    const rowCount = rows[0]?.dropped ?? 0;
    await client.query(AUDIT, ['log.drop', partition, JSON.stringify({ rowCount })]);
    return rowCount;
  });
}

const AUDIT = 'insert into audit (action, target, detail) values ($1, $2, $3::jsonb)';
