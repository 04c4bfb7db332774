'use server';
/** Sends the saved template once to oneself, as a campaign of kind `test` that the worker launches like any other. */
import { DELIVERY_MODES } from '@hikyaku/campaigns';
import { createTestSend } from '@hikyaku/db';
import { isMailbox } from '@hikyaku/message';
import { z } from 'zod';
import { tenantAction } from '#server/action.ts';
import { recipientFieldsOf } from '#server/recipient-fields.ts';
import { notFoundRefusal, Refusal } from '#server/refusal.ts';
import { findPreviewPerson } from '../queries/find-preview-person.ts';
import { getTemplate } from '../queries/get-template.ts';

/** Answers the campaign's id; its outcome is read from `/api/templates/tests/<id>`. */
export const sendTest = tenantAction('editor', {
  input: z.object({
    templateId: z.uuid(),
    fromEmail: z.string().trim().max(320),
    listId: z.uuid().nullable(),
    recipientId: z.string().max(20).nullable(),
    mode: z.enum(DELIVERY_MODES),
  }),
  async run({ run, tenant, user }, { templateId, fromEmail, listId, recipientId, mode }) {
    if (!isMailbox(fromEmail)) throw new Refusal('FROM_INVALID');
    const { campaignId } = await run(async (scope) => {
      const template = await getTemplate(scope, templateId);
      if (!template) throw notFoundRefusal();
      const person = listId ? await findPreviewPerson(scope, listId, recipientId) : null;
      return createTestSend(scope, {
        name: template.name,
        toEmail: user.email,
        fields: (person?.fields ?? {}) as Record<string, string>,
        fromName: tenant.name,
        fromEmail,
        content: template,
        mode,
        recipientFieldsOf,
      });
    });
    return { id: campaignId };
  },
});
