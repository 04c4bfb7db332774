/** The last word of the false-550 protection on each site of a source, for a worker that was not there when it was said. */
import type { WorkerScope } from '../scope/worker-scope.ts';

export interface StandingVetoRow {
  site: string;
  tenantId: string | null;
  state: 'clear' | 'suspected' | 'blocked' | 'probing' | 'released';
  atMs: number;
  probeAtMs?: number;
}

/** Blocks are decided anew at each probe, an hour apart at most: what is older than 70 minutes has no force. */
export async function readStandingVetoes(
  scope: WorkerScope,
  source: string,
): Promise<StandingVetoRow[]> {
  const { rows } = await scope.query<StandingVetoRow & { probeAtMs: number | null }>(
    `select distinct on (site, tenant_id) site, tenant_id as "tenantId", state, (extract(epoch from at) * 1000)::float8 as "atMs",
            (extract(epoch from probe_at) * 1000)::float8 as "probeAtMs"
       from veto_event where source = $1 and at > now() - interval '70 minutes' and state <> 'suspected'
      order by site, tenant_id, id desc`,
    [source],
  );
  return rows.map((row) => ({ ...row, probeAtMs: row.probeAtMs ?? undefined }));
}
