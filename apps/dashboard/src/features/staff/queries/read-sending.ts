/** What is stopped, the lanes that have something to do, and settings of sites that cannot be applied. */
import { findBrokenOverrides, listLanes, listStops } from '@hikyaku/db';
import type { StaffContext } from '#server/context.ts';

export async function readSending({ run }: StaffContext) {
  return run(async (scope) => {
    const stops = await listStops(scope);
    const lanes = await listLanes(scope);
    const isStopped = (key: string) => stops.some((one) => one.scope === 'lane' && one.key === key);
    return {
      broken: await findBrokenOverrides(scope),
      stops: stops.map(({ stoppedAt, ...stop }) => ({ ...stop, stoppedAtMs: stoppedAt.getTime() })),
      lanes: lanes.map(({ nextDueAt, ...lane }) => ({
        ...lane,
        nextDueAtMs: nextDueAt.getTime(),
        isStopped: isStopped(lane.id),
      })),
    };
  });
}

/** For the banner above every staff page. */
export async function countStops({ run }: StaffContext): Promise<{ all: number; isAll: boolean }> {
  const stops = await run((scope) => listStops(scope));
  return { all: stops.length, isAll: stops.some(({ scope }) => scope === 'everything') };
}

export type Sending = Awaited<ReturnType<typeof readSending>>;
