/** Tenants by risk, one tenant's hygiene, what the false-550 protection holds up: from counters, never from the log. */
import {
  blockTimeline,
  isUuid,
  listBlocks,
  listCleaningFloors,
  tenantControls,
  tenantHygiene,
  tenantsByRisk,
} from '@hikyaku/db';
import type { StaffContext } from '#server/context.ts';
import { PERIOD_DAYS } from '../period.ts';

export async function readTenantsByRisk({ run }: StaffContext) {
  return run((scope) => tenantsByRisk(scope, { days: PERIOD_DAYS }));
}

/** Null when there is no such tenant. */
export async function readTenantHygiene({ run }: StaffContext, tenantId: string) {
  if (!isUuid(tenantId)) return null;
  return run(async (scope) => {
    const tenant = await scope.prisma.tenant.findUnique({
      where: { id: tenantId },
      select: { id: true, name: true, zone: true, status: true },
    });
    const controls = await tenantControls(scope, tenantId);
    if (!tenant || !controls) return null;
    const hygiene = await tenantHygiene(scope, tenantId, { days: PERIOD_DAYS });
    const running = await scope.prisma.campaign.findMany({
      where: { tenantId, state: { in: ['running', 'launching'] } },
      select: { id: true, name: true },
      orderBy: { createdAt: 'desc' },
      take: 20,
    });
    return { tenant, controls, hygiene, running };
  });
}

export async function readBlocks({ run }: StaffContext) {
  return run(async (scope) => ({
    blocks: (await listBlocks(scope)).map(({ at, probeAt, ...block }) => ({
      ...block,
      atMs: at.getTime(),
      probeAtMs: probeAt?.getTime() ?? null,
    })),
    floors: (await listCleaningFloors(scope)).map(({ setAt, ...floor }) => ({
      ...floor,
      setAtMs: setAt.getTime(),
    })),
  }));
}

export async function readBlockTimeline(
  { run }: StaffContext,
  of: { site: string; source: string },
) {
  const decisions = await run((scope) => blockTimeline(scope, of));
  return decisions.map(({ at, probeAt, ...decision }) => ({
    ...decision,
    atMs: at.getTime(),
    probeAtMs: probeAt?.getTime() ?? null,
  }));
}

export type BlockRow = Awaited<ReturnType<typeof readBlocks>>['blocks'][number];
export type FloorRow = Awaited<ReturnType<typeof readBlocks>>['floors'][number];
export type DecisionRow = Awaited<ReturnType<typeof readBlockTimeline>>[number];
export type TenantHygieneView = NonNullable<Awaited<ReturnType<typeof readTenantHygiene>>>;
