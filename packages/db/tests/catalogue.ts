/** Looks at Postgres' own catalogue for anything that would let one tenant see another, or a role do more than its part. */

type Ask = <Row>(text: string) => Promise<Row[]>;

/** Sentences about what is wrong; empty when all is well. */
export async function findViolations(ask: Ask): Promise<string[]> {
  const found: string[] = [];
  for (const [what, text] of Object.entries(CHECKS)) {
    const rows = await ask<{ name: string }>(text);
    found.push(...rows.map(({ name }) => `${what}: ${name}`));
  }
  return found;
}

const ROLES = `('hikyaku_app', 'hikyaku_auth', 'hikyaku_staff', 'hikyaku_worker', 'hikyaku_queue')`;
/** Tables whose rows belong to a tenant. */
const TENANT_TABLES = `
  select c.oid, c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.relispartition
    from pg_class c
   where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
     and (c.relname = 'tenant' or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id'))`;

const CHECKS = {
  'row-level security is not enabled and forced': `
    select relname as name from (${TENANT_TABLES}) t where not relrowsecurity or not relforcerowsecurity`,
  'the app role has no policy that holds reads and writes to the tenant': `
    select relname as name from (${TENANT_TABLES}) t
     where not relispartition and not exists (
       select from pg_policies p where p.schemaname = 'public' and p.tablename = t.relname and p.cmd = 'ALL'
          and p.roles = '{hikyaku_app}' and p.qual like '%= current_tenant())' and p.with_check like '%= current_tenant())%')`,
  'a policy other than that one lets the app role in': `
    select tablename || '.' || policyname as name from pg_policies
     where schemaname = 'public' and roles && '{hikyaku_app,public}'
       and not (qual like '%current_tenant()%' and (cmd = 'SELECT' or with_check like '%current_tenant()%' or with_check is null))`,
  'a policy without WITH CHECK may be written through': `
    select tablename || '.' || policyname as name from pg_policies
     where schemaname = 'public' and cmd <> 'SELECT' and with_check is null
       and tablename <> 'app_user'`,
  'a foreign key between tenant tables does not carry the tenant': `
    select con.conrelid::regclass || '.' || con.conname as name from pg_constraint con
      join (${TENANT_TABLES}) child on child.oid = con.conrelid
      join (${TENANT_TABLES}) parent on parent.oid = con.confrelid
     where con.contype = 'f' and parent.relname <> 'tenant'
       and not exists (select from unnest(con.conkey, con.confkey) as k(child, parent)
                         join pg_attribute a on a.attrelid = con.conrelid and a.attnum = k.child and a.attname = 'tenant_id'
                         join pg_attribute b on b.attrelid = con.confrelid and b.attnum = k.parent and b.attname = 'tenant_id')`,
  'a unique index reaches over tenants': `
    select i.indexrelid::regclass::text as name from pg_index i join (${TENANT_TABLES}) t on t.oid = i.indrelid
     where i.indisunique and t.relname not in ('tenant', 'audit', 'veto_event')
       and not exists (select from pg_attribute a
                        where a.attrelid = i.indrelid and a.attnum = any(i.indkey) and a.attname = 'tenant_id')`,
  'a runtime role owns something outside its schema': `
    select c.relname as name from pg_class c join pg_roles r on r.oid = c.relowner
     where r.rolname in ${ROLES} and not (r.rolname = 'hikyaku_queue' and c.relnamespace = to_regnamespace('bullmq'))
    union all select n.nspname from pg_namespace n join pg_roles r on r.oid = n.nspowner where r.rolname in ${ROLES}
    union all select p.proname from pg_proc p join pg_roles r on r.oid = p.proowner where r.rolname in ${ROLES}`,
  'a runtime role may pass by row-level security or make roles': `
    select rolname as name from pg_roles
     where rolname in ${ROLES} and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`,
  'a runtime role is a member of another': `
    select m.member::regrole || ' in ' || m.roleid::regrole as name from pg_auth_members m
     where m.member in (select oid from pg_roles where rolname in ${ROLES})`,
  'somebody may change or delete the log or the audit': `
    select grantee || ' ' || privilege_type || ' ' || table_name as name from information_schema.role_table_grants
     where table_schema = 'public' and (table_name ~ '^delivery_event' or table_name in ('audit', 'site_event', 'veto_event'))
       and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE') and grantee in (select rolname from pg_roles where rolname in ${ROLES})
    union all
    select grantee || ' UPDATE ' || table_name || '.' || column_name from information_schema.role_column_grants
     where table_schema = 'public' and (table_name ~ '^delivery_event' or table_name in ('audit', 'site_event', 'veto_event'))
       and privilege_type = 'UPDATE' and grantee in (select rolname from pg_roles where rolname in ${ROLES})`,
  'a campaign that has deliveries may be deleted': `
    select r.rolname || ' may delete from campaign_lane' as name from pg_roles r
     where r.rolname in ${ROLES} and has_table_privilege(r.oid, 'campaign_lane', 'DELETE, TRUNCATE')
    union all
    select 'campaign_lane no longer refers to its campaign' where not exists (
      select from pg_constraint where conrelid = 'campaign_lane'::regclass and confrelid = 'campaign'::regclass and confdeltype = 'r')`,
  'a partition can be reached past its parent': `
    select g.grantee || ' ' || g.table_name as name from information_schema.role_table_grants g
      join pg_class c on c.relname = g.table_name and c.relispartition
     where g.grantee in (select rolname from pg_roles where rolname in ${ROLES}) or g.grantee = 'PUBLIC'`,
  'everybody has a right on a table': `
    select grantee || ' ' || table_name as name from information_schema.role_table_grants
     where table_schema = 'public' and grantee = 'PUBLIC'`,
  'everybody may create in public': `
    select 'public' as name where has_schema_privilege('public', 'public', 'create')`,
  'the queue role reaches a table of ours': `
    select c.relname as name from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
       and (has_table_privilege('hikyaku_queue', c.oid, 'select') or has_any_column_privilege('hikyaku_queue', c.oid, 'select'))`,
  'a view runs with the rights of its owner': `
    select c.relname as name from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm')
       and not coalesce(c.reloptions::text[] && '{security_invoker=true,security_invoker=on}', false)`,
  'a function runs with the rights of its owner': `
    select p.proname as name from pg_proc p
     where p.pronamespace = 'public'::regnamespace and p.prosecdef and p.proname not in (
             'ensure_event_partitions', 'drop_archived_month', 'refresh_delivery_statistics')`,
  'sign-in reaches more than people': `
    select table_name || ' ' || privilege_type as name from information_schema.role_table_grants
     where grantee = 'hikyaku_auth' and table_schema = 'public'
       and not (table_name in ('app_user', 'one_time_link', 'sign_in_throttle', 'audit')
                or (table_name in ('tenant', 'membership') and privilege_type = 'SELECT'))
    union all
    select 'app_user.is_staff' where has_column_privilege('hikyaku_auth', 'app_user', 'is_staff', 'insert')
        or has_column_privilege('hikyaku_auth', 'app_user', 'is_staff', 'update')`,
  'the app role reads password hashes': `
    select 'app_user.password_hash' as name where has_column_privilege('hikyaku_app', 'app_user', 'password_hash', 'select')`,
};
