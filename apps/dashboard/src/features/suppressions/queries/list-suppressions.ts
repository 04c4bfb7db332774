/** Who gets no mail and why, newest first; released entries stay as history. */
import { SUPPRESSION_REASONS, type SuppressionReason } from '@hikyaku/contracts';
import { isBigId } from '@hikyaku/db';
import type { TenantContext } from '#server/context.ts';
import { one, type PageInput } from '#server/page.ts';

const PAGE = 50;

export interface SuppressionFilter {
  q: string;
  reason: SuppressionReason | '';
  /** Shows released entries instead of active ones. */
  isReleased: boolean;
  /** Id of the last entry of the page before. */
  before: string | null;
}

/** Reads `?q=…&reason=…&show=released&before=…`; nonsense is left out. */
export function readSuppressionFilter(
  search: Awaited<PageInput['searchParams']>,
): SuppressionFilter {
  const before = one(search.before);
  const reason = one(search.reason);
  return {
    q: one(search.q).trim().toLowerCase().slice(0, 200),
    reason: SUPPRESSION_REASONS.find((known) => known === reason) ?? '',
    isReleased: one(search.show) === 'released',
    before: isBigId(before) ? before : null,
  };
}

export async function listSuppressions({ run }: TenantContext, filter: SuppressionFilter) {
  return run(async ({ prisma, tenantId }) => {
    const found = {
      tenantId,
      releasedAt: filter.isReleased ? { not: null } : null,
      ...(filter.reason && { reason: filter.reason }),
      ...(filter.q && { emailKey: { contains: filter.q.replace(/[\\%_]/g, '\\$&') } }),
    };
    const rows = await prisma.suppression.findMany({
      where: filter.before ? { AND: [found, { id: { lt: BigInt(filter.before) } }] } : found,
      orderBy: { id: 'desc' },
      take: PAGE + 1,
      select: ENTRY,
    });
    const shown = rows.slice(0, PAGE);
    return {
      total: await prisma.suppression.count({ where: found }),
      entries: shown.map(toEntry),
      next: rows.length > PAGE ? (shown.at(-1)?.id.toString() ?? null) : null,
    };
  });
}

/** Everything that was ever entered for one address, newest first. */
export async function suppressionsOf({ run }: TenantContext, emailKey: string) {
  const rows = await run(({ prisma, tenantId }) =>
    prisma.suppression.findMany({
      where: { tenantId, emailKey },
      orderBy: { id: 'desc' },
      take: PAGE,
      select: ENTRY,
    }),
  );
  return rows.map(toEntry);
}

const ENTRY = {
  id: true,
  email: true,
  reason: true,
  note: true,
  createdAt: true,
  releasedAt: true,
  releaseReason: true,
} as const;

interface Row {
  id: bigint;
  email: string;
  reason: SuppressionReason;
  note: string;
  createdAt: Date;
  releasedAt: Date | null;
  releaseReason: string;
}

function toEntry({ id, createdAt, releasedAt, ...row }: Row) {
  return {
    ...row,
    id: id.toString(),
    createdAt: createdAt.getTime(),
    releasedAt: releasedAt?.getTime() ?? null,
  };
}

export type SuppressionEntry = ReturnType<typeof toEntry>;
export type SuppressionPage = Awaited<ReturnType<typeof listSuppressions>>;
