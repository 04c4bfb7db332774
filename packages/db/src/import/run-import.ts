/**
 * The worker's side of an import. Each batch is one transaction with its checkpoint, so that a killed import, run again,
 * goes on behind the last batch and ends with exactly the right rows. The first line of an address in a file wins.
 */
import type { ImportFormat, ImportMapping } from '@hikyaku/contracts';
import type { WorkerClient, WorkerScope } from '../scope/worker-scope.ts';
import { weakerReasons } from '../suppression/weaker-reasons.ts';

export interface RunningImport {
  tenantId: string;
  importId: string;
  kind: 'recipients' | 'suppressions';
  listId: string | null;
  encoding: ImportFormat['encoding'];
  delimiter: ImportFormat['delimiter'];
  mapping: ImportMapping;
  doneRecords: number;
}

export interface ImportBatch {
  /** No address twice. */
  people: readonly {
    email: string;
    emailKey: string;
    domain: string;
    fields: Readonly<Record<string, string>>;
  }[];
  /** Lines that repeated an address of this batch. */
  duplicates: number;
  refusals: readonly { line: number; code: string; value: string }[];
  /** The checkpoint: records of the file that are dealt with, header included, before and after this batch. */
  fromRecord: number;
  toRecord: number;
  doneBytes: number;
}

/** `queued → running`, or a running one again. Undefined when there is nothing to do. */
export async function beginImport(
  scope: WorkerScope,
  importId: string,
): Promise<RunningImport | undefined> {
  const { rows } = await scope.query<RunningImport>(
    `update list_import set state = 'running', started_at = coalesce(started_at, now())
      where id = $1 and state in ('queued', 'running')
      returning tenant_id as "tenantId", id as "importId", kind, list_id as "listId", encoding, delimiter, mapping,
                done_records as "doneRecords"`,
    [importId],
  );
  return rows[0];
}

/** One piece of the file; undefined behind the last. */
export async function readImportChunk(
  scope: WorkerScope,
  { tenantId, importId, seq }: { tenantId: string; importId: string; seq: number },
): Promise<Buffer | undefined> {
  const { rows } = await scope.query<{ data: Buffer }>(
    'select data from import_chunk where tenant_id = $1 and import_id = $2 and seq = $3',
    [tenantId, importId, seq],
  );
  return rows[0]?.data;
}

/** False when the import is no longer ours to go on with: cancelled, or another worker is further. Then nothing changed. */
export async function writeImportBatch(
  scope: WorkerScope,
  run: RunningImport,
  batch: ImportBatch,
): Promise<boolean> {
  return scope.transaction(async (client) => {
    const { rows } = await client.query<{ ok: boolean }>(
      `select true as ok from list_import
        where tenant_id = $1 and id = $2 and state = 'running' and done_records = $3 for update`,
      [run.tenantId, run.importId, batch.fromRecord],
    );
    if (!rows[0]) return false;
    const written =
      run.kind === 'recipients'
        ? await writePeople(client, run, batch)
        : await writeSuppressions(client, run, batch);
    await writeRefusals(client, run, batch);
    await client.query(
      `update list_import set done_records = $3, done_bytes = $4, new_count = new_count + $5, updated_count = updated_count + $6,
              duplicate_count = duplicate_count + $7, refused_count = refused_count + $8
        where tenant_id = $1 and id = $2`,
      [
        run.tenantId,
        run.importId,
        batch.toRecord,
        batch.doneBytes,
        written.added,
        written.updated,
        batch.duplicates + batch.people.length - written.added - written.updated,
        batch.refusals.length,
      ],
    );
    return true;
  });
}

/** The end, good or bad. The file is removed with a good one; a failed one may be looked at. */
export async function endImport(
  scope: WorkerScope,
  run: RunningImport,
  error: string | null,
): Promise<void> {
  await scope.transaction(async (client) => {
    const { rowCount } = await client.query(
      `update list_import set state = case when $3::text is null then 'finished' else 'failed' end::import_state, error = $3,
              finished_at = now(), done_bytes = case when $3::text is null then size_bytes else done_bytes end
        where tenant_id = $1 and id = $2 and state = 'running'`,
      [run.tenantId, run.importId, error],
    );
    if (rowCount > 0)
      await client.query('delete from import_chunk where tenant_id = $1 and import_id = $2', [
        run.tenantId,
        run.importId,
      ]);
  });
}

interface Written {
  added: number;
  updated: number;
}

/** A row that this import wrote before is a duplicate and keeps what it got first. */
async function writePeople(
  client: WorkerClient,
  run: RunningImport,
  { people }: ImportBatch,
): Promise<Written> {
  const { rows } = await client.query<Written>(
    `with written as (
       insert into recipient (tenant_id, list_id, email, email_key, domain, fields, last_import_id)
       select $1, $2, w.email, w.email_key, w.domain, w.fields, $3
         from unnest($4::text[], $5::text[], $6::text[], $7::jsonb[]) as w(email, email_key, domain, fields)
       on conflict (tenant_id, list_id, email_key) do update
         set email = excluded.email, domain = excluded.domain, fields = recipient.fields || excluded.fields,
             last_import_id = excluded.last_import_id, updated_at = now()
         where recipient.last_import_id is distinct from excluded.last_import_id
       returning (xmax = 0) as is_new
     )
     select count(*) filter (where is_new)::int as added, count(*) filter (where not is_new)::int as updated from written`,
    [
      run.tenantId,
      run.listId,
      run.importId,
      people.map((person) => person.email),
      people.map((person) => person.emailKey),
      people.map((person) => person.domain),
      people.map((person) => JSON.stringify(person.fields)),
    ],
  );
  return rows[0] as Written;
}

/** The tenant's row is locked first, as everywhere that people are suppressed: no fence of this tenant is under way then. */
async function writeSuppressions(
  client: WorkerClient,
  run: RunningImport,
  { people }: ImportBatch,
): Promise<Written> {
  const keys = people.map((person) => person.emailKey);
  await client.query('select 1 from tenant where id = $1 for no key update', [run.tenantId]);
  const superseded = await client.query(
    `update suppression set released_at = now(), release_reason = 'superseded: imported'
      where tenant_id = $1 and email_key = any($2::text[]) and released_at is null and reason = any($3::suppression_reason[])`,
    [run.tenantId, keys, weakerReasons('imported')],
  );
  const { rowCount } = await client.query(
    `insert into suppression (tenant_id, email, email_key, reason, note)
     select $1, w.email, w.email_key, 'imported', $4 from unnest($2::text[], $3::text[]) as w(email, email_key) order by w.email_key
     on conflict (tenant_id, email_key) where released_at is null do nothing`,
    [run.tenantId, people.map((person) => person.email), keys, `import:${run.importId}`],
  );
  await client.query(
    `update delivery set state = 'cancelled', state_at = now(), category = 'suppressed:imported'
      where tenant_id = $1 and email_key = any($2::text[]) and state = 'waiting'`,
    [run.tenantId, keys],
  );
  // Who was out already, if for a weaker reason, is nobody new.
  return { added: rowCount - superseded.rowCount, updated: 0 };
}

async function writeRefusals(
  client: WorkerClient,
  run: RunningImport,
  { refusals }: ImportBatch,
): Promise<void> {
  if (refusals.length === 0) return;
  await client.query(
    `insert into import_refusal (tenant_id, import_id, line, code, value)
     select $1, $2, * from unnest($3::int[], $4::text[], $5::text[]) on conflict do nothing`,
    [
      run.tenantId,
      run.importId,
      refusals.map((r) => r.line),
      refusals.map((r) => r.code),
      refusals.map((r) => r.value),
    ],
  );
}
