'use server';
/** Saves a template that parses; one that does not is shown with its mistakes and stays as it was. */
import { parseTemplate } from '@hikyaku/message';
import { z } from 'zod';
import { tenantAction } from '#server/action.ts';
import { notFoundRefusal, Refusal } from '#server/refusal.ts';

const TEXT_MAX = 2_000_000;

/** Answers the id, new or as given. */
export const saveTemplate = tenantAction('editor', {
  input: z.object({
    id: z.uuid().nullable(),
    name: z.string().trim().min(1, 'TEMPLATE_NAME_EMPTY').max(200, 'TEMPLATE_TOO_LONG'),
    subject: z.string().max(2_000, 'TEMPLATE_TOO_LONG'),
    html: z.string().max(TEXT_MAX, 'TEMPLATE_TOO_LONG'),
    text: z.string().max(TEXT_MAX, 'TEMPLATE_TOO_LONG'),
  }),
  async run({ run, tenant }, { id, ...content }) {
    if (!parseTemplate(content, { timeZone: tenant.zone }).ok) throw new Refusal('TEMPLATE_BROKEN');
    return run(async ({ prisma, tenantId }) => {
      if (id === null) {
        return prisma.template.create({ data: { tenantId, ...content }, select: { id: true } });
      }
      const { count } = await prisma.template.updateMany({
        where: { tenantId, id, deletedAt: null },
        data: content,
      });
      if (count === 0) throw notFoundRefusal();
      return { id };
    });
  },
});
