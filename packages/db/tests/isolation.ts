/** Tries, as the app role and past every function of ours, to reach another tenant's rows: what Postgres alone must prevent. */
import type { TestDb } from './database.ts';
import type { World } from './world.ts';

const TABLES_SQL = `
  select c.relname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
   where a.attname = 'tenant_id' and c.relkind in ('r', 'p') and not c.relispartition
     and c.relnamespace = 'public'::regnamespace order by 1`;

/** Sentences about what got through, for every table that carries a tenant; empty when all is well. */
export async function probeIsolation(db: TestDb, mine: World, other: World): Promise<string[]> {
  const tables = await db.as<{ name: string }>(db.urls.ownerUrl, TABLES_SQL);
  const found: string[] = [];
  for (const { name } of tables) found.push(...(await probeTable(db, name, mine, other)));
  return found;
}

async function probeTable(db: TestDb, table: string, mine: World, other: World) {
  const found: string[] = [];
  const counted = await attempt(db, mine.tenantId, [
    `select count(*) filter (where tenant_id = '${mine.tenantId}')::int as own,
            count(*) filter (where tenant_id is distinct from '${mine.tenantId}')::int as others from ${table}`,
  ]);
  const { own, others } = (counted.rows?.[0] ?? {}) as { own?: number; others?: number };
  if (!own) found.push(`${table}: a tenant does not see its own rows`);
  if (others) found.push(`${table}: a tenant sees another's rows`);
  const without = await attempt(db, '', [`select count(*)::int as own from ${table}`]);
  const { own: homeless } = (without.rows?.[0] ?? {}) as { own?: number };
  if (homeless !== 0) found.push(`${table}: rows without a tenant`);
  for (const statement of [
    `update ${table} set tenant_id = tenant_id where tenant_id = '${other.tenantId}' returning 1`,
    `delete from ${table} where tenant_id = '${other.tenantId}' returning 1`,
    `update ${table} set tenant_id = '${other.tenantId}' returning 1`,
  ]) {
    const done = await attempt(db, mine.tenantId, [statement]);
    if (done.rows?.length) found.push(`${table}: ${statement} went through`);
  }
  const forged = await attempt(db, mine.tenantId, [
    `insert into ${table} select (jsonb_populate_record(null::${table},
       to_jsonb(t) || jsonb_build_object('tenant_id', '${other.tenantId}'))).* from ${table} t limit 1 returning 1`,
  ]);
  if (forged.rows?.length) found.push(`${table}: a row for another tenant went in`);
  if (forged.error && !/row-level security|permission denied/.test(forged.error)) {
    found.push(`${table}: a row for another tenant was not refused for that, but: ${forged.error}`);
  }
  return found;
}

async function attempt(db: TestDb, tenantId: string, statements: string[]) {
  const script = [`begin; set local app.tenant = '${tenantId}'`, ...statements, 'rollback'];
  try {
    const results = (await db.script(db.urls.appUrl, script.join('; '))) as { rows: unknown[] }[];
    return { rows: results.at(-2)?.rows };
  } catch (error) {
    return { error: (error as Error).message };
  }
}
