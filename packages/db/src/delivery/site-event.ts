/** A failure of a site itself, logged once: not one row per recipient that waits for it. */
import type { WorkerScope } from '../scope/worker-scope.ts';

export interface SiteEvent {
  laneId: string | null;
  site: string;
  source: string;
  mxHost: string;
  mxAddress: string;
  /** DNS, CONNECT, GREETING, EHLO, TLS … */
  phase: string;
  code: number | null;
  text: string;
  category: string;
}

export async function insertSiteEvent(scope: WorkerScope, event: SiteEvent): Promise<void> {
  await scope.query(
    `insert into site_event (lane_id, site, source, mx_host, mx_address, phase, code, text, category)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      event.laneId,
      event.site,
      event.source,
      event.mxHost,
      event.mxAddress,
      event.phase,
      event.code,
      event.text.slice(0, 2_000),
      event.category,
    ],
  );
}
