/** The tenant's own settings, and the domains that staff have proven for it. */
import { defaultWindow } from '@hikyaku/campaigns';
import { z } from 'zod';
import type { TenantContext } from '#server/context.ts';

const windowSchema = z.object({
  days: z.array(z.number()),
  start: z.string(),
  end: z.string(),
  zone: z.string(),
});

export async function readSettings({ run, tenant }: TenantContext) {
  return run(async ({ prisma, tenantId }) => {
    const row = await prisma.tenant.findUniqueOrThrow({
      where: { id: tenantId },
      select: { name: true, zone: true, locale: true, isCleaningOn: true, window: true },
    });
    const domains = await prisma.senderDomain.findMany({
      where: { tenantId },
      orderBy: { domain: 'asc' },
      select: { domain: true, createdAt: true },
    });
    const window = windowSchema.catch(defaultWindow(tenant.zone)).parse(row.window);
    return { settings: { ...row, window }, domains };
  });
}

export type Settings = Awaited<ReturnType<typeof readSettings>>['settings'];
