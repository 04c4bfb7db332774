'use server';
/** Renders what stands in the editor, saved or not, for one person of a list. Changes nothing. */
import {
  estimateSizeBytes,
  type Fields,
  parseTemplate,
  renderPreview,
  type TemplateError,
  TemplateRenderError,
  unsubscribeLabel,
} from '@hikyaku/message';
import { z } from 'zod';
import { tenantAction } from '#server/action.ts';
import { findPreviewPerson } from '../queries/find-preview-person.ts';

export interface PreviewShown {
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
}

export const previewTemplate = tenantAction('viewer', {
  changes: false,
  input: z.object({
    subject: z.string().max(2_000),
    html: z.string().max(2_000_000),
    text: z.string().max(2_000_000),
    listId: z.uuid().nullable(),
    recipientId: z.string().max(20).nullable(),
  }),
  async run({ run, tenant }, { listId, recipientId, ...source }): Promise<PreviewAnswer> {
    const parsed = parseTemplate(source, { timeZone: tenant.zone });
    const found = listId
      ? await run((scope) => findPreviewPerson(scope, listId, recipientId))
      : null;
    const person = found && { id: found.id, email: found.email };
    if (!parsed.ok) return { errors: [...parsed.errors], preview: null, person };
    const fields: Fields = found?.fields ?? {};
    // As the worker does: the words of the tenant's language, not of the person who looks.
    const { locale } = await run(({ prisma, tenantId }) =>
      prisma.tenant.findUniqueOrThrow({ where: { id: tenantId }, select: { locale: true } }),
    );
    try {
      const { undefined: undefinedFields, ...shown } = renderPreview(parsed.template, fields, {
        email: found?.email,
        unsubscribeLabel: unsubscribeLabel(locale),
      });
      const sizeBytes = estimateSizeBytes(parsed.template, fields);
      const preview = { ...shown, undefinedFields: [...undefinedFields], sizeBytes };
      return { errors: [], preview, person };
    } catch (error) {
      if (!(error instanceof TemplateRenderError)) throw error;
      const problem = { part: error.part, line: 1, code: 'limit-exceeded', message: error.message };
      return { errors: [problem as TemplateError], preview: null, person };
    }
  },
});
