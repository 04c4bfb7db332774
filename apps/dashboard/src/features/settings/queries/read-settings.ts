/** The tenant's own settings, and the domains that staff have proven for it. */
import { defaultWindow } from '@hikyaku/campaigns';
import { readGroups } from '@hikyaku/db';
import { z } from 'zod';
import type { TenantContext } from '#server/context.ts';

const windowSchema = z.object({
  days: z.array(z.number()),
  start: z.string(),
  end: z.string(),
  zone: z.string(),
});

export async function readSettings({ run, tenant }: TenantContext) {
  return run(async (scope) => {
    const { prisma, tenantId } = scope;
    const row = await prisma.tenant.findUniqueOrThrow({
      where: { id: tenantId },
      select: {
        name: true,
        zone: true,
        locale: true,
        isCleaningOn: true,
        window: true,
        groupWindows: true,
      },
    });
    const domains = await prisma.senderDomain.findMany({
      where: { tenantId },
      orderBy: { domain: 'asc' },
      select: { domain: true, createdAt: true },
    });
    const window = windowSchema.catch(defaultWindow(tenant.zone)).parse(row.window);
    const groupWindows = z.record(z.string(), windowSchema).catch({}).parse(row.groupWindows);
    return { settings: { ...row, window, groupWindows }, domains, groups: await readGroups(scope) };
  });
}

export type Settings = Awaited<ReturnType<typeof readSettings>>['settings'];
