'use server';
/** Renders what stands in the editor, saved or not, for one person of a list. Changes nothing. */
import { DELIVERY_MODES } from '@hikyaku/campaigns';
import {
  BULK_TO,
  estimateBulkSizeBytes,
  estimateSizeBytes,
  type Fields,
  parseTemplate,
  recipientFields,
  renderPreview,
  type TemplateError,
  TemplateRenderError,
  unsubscribeLabel,
} from '@hikyaku/message';
import { z } from 'zod';
import { tenantAction } from '#server/action.ts';
import { findPreviewPerson } from '../queries/find-preview-person.ts';

export interface PreviewShown {
  /** What To says. */
  to: string;
  subject: string;
  html: string | null;
  text: string;
  undefinedFields: string[];
  sizeBytes: number;
}

export interface PreviewAnswer {
  errors: TemplateError[];
  preview: PreviewShown | null;
  person: { id: string; email: string } | null;
  /** Fields of the recipient that the content uses: with any of them there is no bulk message to show. */
  recipientFields: string[];
}

export const previewTemplate = tenantAction('viewer', {
  changes: false,
  input: z.object({
    subject: z.string().max(2_000),
    html: z.string().max(2_000_000),
    text: z.string().max(2_000_000),
    listId: z.uuid().nullable(),
    recipientId: z.string().max(20).nullable(),
    mode: z.enum(DELIVERY_MODES),
  }),
  async run({ run, tenant }, { listId, recipientId, mode, ...source }): Promise<PreviewAnswer> {
    const parsed = parseTemplate(source, { timeZone: tenant.zone });
    const found = listId
      ? await run((scope) => findPreviewPerson(scope, listId, recipientId))
      : null;
    const person = found && { id: found.id, email: found.email };
    if (!parsed.ok)
      return { errors: [...parsed.errors], preview: null, person, recipientFields: [] };
    const { template } = parsed;
    const answer = {
      errors: [],
      preview: null,
      person,
      recipientFields: recipientFields(template),
    };
    const isBulk = mode === 'bulk';
    if (isBulk && answer.recipientFields.length > 0) return answer;
    const fields: Fields = isBulk ? {} : (found?.fields ?? {});
    // As the worker does: the words of the tenant's language, not of the person who looks.
    const { locale } = await run(({ prisma, tenantId }) =>
      prisma.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { locale: true } }),
    );
    try {
      const { undefined: undefinedFields, ...shown } = renderPreview(template, fields, {
        email: found?.email,
        unsubscribeLabel: unsubscribeLabel(locale),
      });
      const sizeBytes = isBulk
        ? estimateBulkSizeBytes(template)
        : estimateSizeBytes(template, fields);
      const to = isBulk ? BULK_TO : (found?.email ?? '');
      const preview = { ...shown, to, undefinedFields: [...undefinedFields], sizeBytes };
      return { ...answer, preview };
    } catch (error) {
      if (!(error instanceof TemplateRenderError)) throw error;
      const problem = { part: error.part, line: 1, code: 'limit-exceeded', message: error.message };
      return { ...answer, errors: [problem as TemplateError] };
    }
  },
});
