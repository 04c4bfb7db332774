/** What the checklist asks of a template: does it parse, render for a real person, and have the list's fields. */
import type { ChecklistFacts } from '@hikyaku/campaigns';
import type { TenantScope } from '@hikyaku/db';
import {
  estimateSizeBytes,
  type Fields,
  parseTemplate,
  renderPreview,
  type Template,
  TemplateRenderError,
  undefinedFields,
} from '@hikyaku/message';

type TemplateFacts = Pick<ChecklistFacts, 'template' | 'messageBytes'>;

export async function templateFacts(
  { prisma, tenantId }: TenantScope,
  templateId: string | null,
  listId: string | null,
): Promise<TemplateFacts> {
  const source =
    templateId &&
    (await prisma.template.findFirst({
      where: { tenantId, id: templateId, deletedAt: null },
      select: { subject: true, html: true, text: true },
    }));
  if (!source) return { template: null, messageBytes: 0 };
  const facts = {
    subject: source.subject,
    hasText: source.text.trim() !== '',
    hasUnsubscribeLink: /\bunsubscribe_url\b/.test(source.html + source.text),
  };
  const parsed = parseTemplate(source);
  if (!parsed.ok) {
    const errors = parsed.errors.map(({ part, line, message }) => ({ part, line, message }));
    return { template: { ...facts, errors, undefinedFields: [] }, messageBytes: 0 };
  }
  const list =
    listId &&
    (await prisma.list.findFirst({ where: { tenantId, id: listId }, select: { columns: true } }));
  const person =
    listId &&
    (await prisma.recipient.findFirst({
      where: { tenantId, listId },
      orderBy: { id: 'asc' },
      select: { fields: true },
    }));
  const fields: Fields = person ? (person.fields as Fields) : {};
  const missing = list ? undefinedFields(parsed.template, fieldsOf(list.columns)) : [];
  const { errors, messageBytes } = measure(parsed.template, fields);
  return { template: { ...facts, errors, undefinedFields: missing }, messageBytes };
}

function measure(template: Template, fields: Fields) {
  try {
    renderPreview(template, fields);
    return { errors: [], messageBytes: estimateSizeBytes(template, fields) };
  } catch (error) {
    if (!(error instanceof TemplateRenderError)) throw error;
    return { errors: [{ message: error.message, part: error.part, line: 1 }], messageBytes: 0 };
  }
}

function fieldsOf(columns: unknown): Fields {
  if (!Array.isArray(columns)) return {};
  return Object.fromEntries(columns.map((column) => [(column as { key?: unknown })?.key, '']));
}
