/** What staff have stopped, as the owner of a lane needs it: it opens no session and begins no transaction against it. */
import type { WorkerScope } from '../scope/worker-scope.ts';

/**
 * `stoppedSites` holds each stopped destination as staff wrote it: the site of a directory's answer, or a delivery domain. Hold
 * both a row's site and its domain against it.
 */
export interface LaneStops {
  isLaneStopped: boolean;
  isAllStopped: boolean;
  stoppedSites: string[];
}

const DESTINATION = 'destination:';

/** A lane whose own site is stopped counts as stopped. The fence refuses all of this by itself from the commit on. */
export async function readLaneStops(scope: WorkerScope, laneId: string): Promise<LaneStops> {
  const { rows } = await scope.query<{ stopped: string[]; site: string | null }>(
    'select i.stopped, (select site from lane where id = $1) as site from installation i',
    [laneId],
  );
  const { stopped, site } = rows[0] ?? { stopped: ['everything:'], site: null };
  return {
    isLaneStopped: stopped.includes(`lane:${laneId}`) || stopped.includes(DESTINATION + site),
    isAllStopped: stopped.includes('everything:'),
    stoppedSites: stopped
      .filter((key) => key.startsWith(DESTINATION))
      .map((key) => key.slice(DESTINATION.length)),
  };
}
