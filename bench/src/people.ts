/** Lists made in the database itself: a million people in seconds. The number in an address tells who it is. */
import type { Rig } from './rig.ts';

/**
 * `count` people `p0@…` to `p<count−1>@…`, spread over `domains` in turn. `prefix` keeps lists apart where a receiver
 * remembers addresses.
 */
export async function makeList(
  rig: Rig,
  tenantId: string,
  count: number,
  {
    domains = ['bench.example'],
    prefix = 'p',
  }: { domains?: readonly string[]; prefix?: string } = {},
): Promise<string> {
  const listId = await rig.scenario.list(tenantId, []);
  await rig.scenario.query(
    `insert into recipient (tenant_id, list_id, email, email_key, domain, fields)
     select $1, $2, $4 || n || '@' || d, $4 || n || '@' || d, d, jsonb_build_object('name', 'Person ' || n, 'points', n % 5000)
       from (select n, ($5::text[])[1 + n % cardinality($5::text[])] as d from generate_series(0, $3::int - 1) as n) as p`,
    [tenantId, listId, count, prefix, domains],
  );
  await rig.scenario.query('analyze recipient');
  return listId;
}

/** Who an address belongs to; the same expression in SQL is `NUMBER_SQL`. */
export function numberOf(email: string): number {
  return Number(/(\d+)@/.exec(email)?.[1] ?? -1);
}

export const NUMBER_SQL = `substring(d.email from '([0-9]+)@')::int`;
