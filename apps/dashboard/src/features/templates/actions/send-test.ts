'use server';
/** Sends the saved template once to oneself, as a campaign of kind `test` that the worker launches like any other. */
import { allDayWindow } from '@hikyaku/campaigns';
import { scheduleCampaign } from '@hikyaku/db';
import { isMailbox } from '@hikyaku/message';
import { z } from 'zod';
import { tenantAction } from '#server/action.ts';
import { notFoundRefusal, Refusal } from '#server/refusal.ts';
import { findPreviewPerson } from '../queries/find-preview-person.ts';

/** Answers the campaign's id; its outcome is read from `/api/templates/tests/<id>`. */
export const sendTest = tenantAction('editor', {
  input: z.object({
    templateId: z.uuid(),
    fromEmail: z.string().trim().max(320),
    listId: z.uuid().nullable(),
    recipientId: z.string().max(20).nullable(),
  }),
  async run({ run, tenant, user }, { templateId, fromEmail, listId, recipientId }) {
    if (!isMailbox(fromEmail)) throw new Refusal('FROM_INVALID', {}, { fromEmail: 'FROM_INVALID' });
    const domain = fromEmail.split('@').at(-1)?.toLowerCase() ?? '';
    return run(async (scope) => {
      const { prisma, tenantId } = scope;
      const template = await prisma.template.findFirst({
        where: { tenantId, id: templateId, deletedAt: null },
        select: { name: true },
      });
      if (!template) throw notFoundRefusal();
      if ((await prisma.senderDomain.count({ where: { tenantId, domain } })) === 0)
        throw new Refusal('TEST_FROM_REFUSED', { domain });
      const person = listId && (await findPreviewPerson(scope, listId, recipientId));
      const { id } = await prisma.campaign.create({
        data: {
          tenantId,
          kind: 'test',
          name: template.name,
          templateId,
          fromName: tenant.name,
          fromEmail,
          testEmail: user.email,
          testFields: person ? (person.fields as Record<string, string>) : {},
          window: allDayWindow(tenant.zone),
          expiryHours: 1,
          createdBy: user.id,
        },
        select: { id: true },
      });
      await scheduleCampaign(scope, { campaignId: id, startAt: null });
      return { id };
    });
  },
});
