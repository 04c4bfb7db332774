/** A tenant's own hygiene: what was cleaned, quarantined and released, and what follows from it. */
import { cleanedOf, hygieneOf, hygieneTimeline, quarantineOf } from '@hikyaku/db';
import type { TenantContext } from '#server/context.ts';
import { type Advice, adviceOf } from '../advice.ts';
import { PERIOD_DAYS } from '../period.ts';

export async function readOwnHygiene({ run }: TenantContext) {
  return run(async (scope) => {
    const period = { days: PERIOD_DAYS };
    const tenant = await scope.prisma.tenant.findUniqueOrThrow({
      where: { id: scope.tenantId },
      select: { isCleaningOn: true, isCleaningEnforced: true, weight: true, rateMax: true },
    });
    const hygiene = await hygieneOf(scope, period);
    const cleaned = await cleanedOf(scope, period);
    const { counts, rows } = await quarantineOf(scope);
    const timeline = await hygieneTimeline(scope);
    const advice: Advice[] = adviceOf({ ...tenant, days: hygiene.byDay, held: counts.held ?? 0 });
    return {
      ...tenant,
      hygiene,
      cleaned,
      advice,
      counts,
      quarantine: rows.map(({ at, ...row }) => ({ ...row, atMs: at.getTime() })),
      timeline: timeline.map(({ at, ...row }) => ({ ...row, atMs: at.getTime() })),
    };
  });
}

export type OwnHygiene = Awaited<ReturnType<typeof readOwnHygiene>>;
