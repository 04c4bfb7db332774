/** Destinations for staff, the busiest first. */
import { type Destination, listDestinations as list } from '@hikyaku/db';
import type { StaffContext } from '#server/context.ts';

/** Rates and sessions are of lanes whose worker has spoken within this time. */
const FRESH_MS = 30_000;

export interface DestinationRow {
  site: string;
  domains: string[];
  sessionsOpen: number;
  sessionsOpening: number;
  acceptedPerSecond: number;
  deferredShare: number | null;
  queued: number;
  /** The latest of its lanes; null while it is up. */
  backOffUntilMs: number | null;
  trouble: string | null;
  day: Destination['day'];
  learned: number;
  hasOverride: boolean;
  stopReason: string | null;
  isLive: boolean;
}

export async function listDestinations({ run }: StaffContext, search: string) {
  const nowMs = Date.now();
  const found = await run((scope) => list(scope, { search }));
  return found.map((destination) => summaryOf(destination, nowMs));
}

export function summaryOf(destination: Destination, nowMs: number): DestinationRow {
  const { lanes: all, ...rest } = destination;
  const lanes = all.filter(({ at }) => nowMs - new Date(at).getTime() < FRESH_MS);
  const sum = (of: (lane: (typeof lanes)[number]) => number) =>
    lanes.reduce((total, lane) => total + of(lane), 0);
  const answered = sum(({ answeredPerSecond }) => answeredPerSecond);
  const resting = lanes.flatMap(({ backOffUntil, trouble }) =>
    backOffUntil ? [{ untilMs: new Date(backOffUntil).getTime(), trouble }] : [],
  );
  const longest = resting.sort((a, b) => b.untilMs - a.untilMs)[0];
  return {
    ...rest,
    sessionsOpen: sum(({ sessionsOpen }) => sessionsOpen),
    sessionsOpening: sum(({ sessionsOpening }) => sessionsOpening),
    acceptedPerSecond: sum(({ acceptedPerSecond }) => acceptedPerSecond),
    deferredShare:
      answered > 0
        ? sum((lane) => (lane.deferredShare ?? 0) * lane.answeredPerSecond) / answered
        : null,
    queued: sum(({ queued }) => queued),
    backOffUntilMs: longest?.untilMs ?? null,
    trouble: longest?.trouble ?? null,
    isLive: lanes.length > 0,
  };
}
