'use server';
/** A new, empty draft: everything else is filled in on its page and saved as it is typed. */
import { z } from 'zod';
import { tenantAction } from '#server/action.ts';
import { tenantWindow } from '../queries/compose-options.ts';

export const createCampaign = tenantAction('editor', {
  input: z.object({ name: z.string().trim().max(200) }),
  run: ({ run, user, tenant }, { name }) =>
    run(async (scope) => {
      const { prisma, tenantId } = scope;
      const last = await prisma.campaign.findFirst({
        where: { tenantId, kind: 'regular', fromEmail: { not: '' } },
        orderBy: { createdAt: 'desc' },
        select: { fromName: true, fromEmail: true },
      });
      const domain = await prisma.senderDomain.findFirst({
        where: { tenantId },
        orderBy: { createdAt: 'asc' },
        select: { domain: true },
      });
      return prisma.campaign.create({
        data: {
          tenantId,
          name,
          fromName: last?.fromName ?? tenant.name,
          fromEmail: last?.fromEmail ?? (domain ? `info@${domain.domain}` : ''),
          window: { ...(await tenantWindow(scope)) },
          createdBy: user.id,
        },
        select: { id: true },
      });
    }),
});
