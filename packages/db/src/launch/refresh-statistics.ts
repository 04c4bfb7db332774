/**
 * Statistics for a launch: where the planner believes that there are ten times fewer deliveries than were just inserted, it
 * looks again. Prepared plans of all connections follow by themselves.
 */
import type { WorkerScope } from '../scope/worker-scope.ts';

/** `inserted`: rows of the launch under way. True where the table was analysed. */
export async function refreshStatistics(scope: WorkerScope, inserted: number): Promise<boolean> {
  const { rows } = await scope.query<{ isRefreshed: boolean }>(
    'select refresh_delivery_statistics($1) as "isRefreshed"',
    [inserted],
  );
  return rows[0]?.isRefreshed === true;
}
