/** What staff have released since a moment, for the owner of lanes that hold it up. */
import type { WorkerScope } from '../scope/worker-scope.ts';

/** The sites that were. */
export async function readVetoReleases(
  scope: WorkerScope,
  from: { source: string; sites: readonly string[]; sinceMs: number },
): Promise<string[]> {
  const { rows } = await scope.query<{ site: string }>(
    `select distinct site from veto_event
      where source = $1 and site = any($2::text[]) and at > to_timestamp($3::float8 / 1000) and reason = 'released-by-staff'`,
    [from.source, from.sites, from.sinceMs],
  );
  return rows.map((row) => row.site);
}
