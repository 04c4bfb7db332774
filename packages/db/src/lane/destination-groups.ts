/** The destination groups as staff have set them, in their order: what `groupOf` of the campaigns room takes. */
import type { DestinationGroup } from '@hikyaku/campaigns';
import type { WorkerScope } from '../scope/worker-scope.ts';

export async function readDestinationGroups(scope: WorkerScope): Promise<DestinationGroup[]> {
  const { rows } = await scope.query<DestinationGroup>(
    'select key, patterns from destination_group order by position, key',
  );
  return rows;
}
