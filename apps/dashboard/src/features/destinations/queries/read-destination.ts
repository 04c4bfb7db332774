/** One destination: what every lane does there, what binds it and why, what was learned, and what went wrong. */
import { listDestinations, listSiteEvents, PINNABLE, readSiteProfiles } from '@hikyaku/db';
import type { StaffContext } from '#server/context.ts';
import { bindingLimits, otherSettings } from '../limits.ts';
import { summaryOf } from './list-destinations.ts';

/** Null for a site of which nothing is known at all. */
export async function readDestination({ run }: StaffContext, site: string) {
  const nowMs = Date.now();
  return run(async (scope) => {
    const [found] = await listDestinations(scope, { site });
    const [stored] = await readSiteProfiles(scope, [site]);
    const events = await listSiteEvents(scope, site);
    if (!found || !stored) return null;
    const { staffOverride, overrideFault, learned } = stored;
    const isKnown =
      found.lanes.length + learned.length + events.length + found.domains.length > 0 ||
      found.day.accepted > 0 ||
      found.hasOverride ||
      found.stopReason !== null;
    if (!isKnown) return null;
    const domain = found.domains[0] ?? site;
    const msOf = (at: Date | null) => (at === null ? null : new Date(at).getTime());
    return {
      summary: summaryOf(found, nowMs),
      lanes: found.lanes.map(({ at, backOffUntil, troubleAt, ...lane }) => ({
        ...lane,
        atMs: msOf(at) ?? 0,
        backOffUntilMs: msOf(backOffUntil),
        troubleAtMs: msOf(troubleAt),
      })),
      limits: bindingLimits(stored, domain, nowMs),
      others: otherSettings(stored, domain, nowMs),
      override: staffOverride,
      overrideFault,
      learned: learned.map((one) => ({
        ...one,
        value: JSON.stringify(one.value),
        isPinnable:
          one.mxHost === null &&
          PINNABLE.some(
            (field) => field === one.field && staffOverride?.values[field] === undefined,
          ),
      })),
      events: events.map(({ at, firstAt, ...event }) => ({
        ...event,
        atMs: at.getTime(),
        firstMs: firstAt.getTime(),
      })),
    };
  });
}

export type DestinationDetail = NonNullable<Awaited<ReturnType<typeof readDestination>>>;
