/** What the checklist asks of a template: does it parse, render for a real person, and have the list's fields. */
import type { ChecklistFacts, DeliveryMode } from '@hikyaku/campaigns';
import type { TenantScope } from '@hikyaku/db';
import {
  estimateBulkSizeBytes,
  estimateSizeBytes,
  type Fields,
  parseTemplate,
  recipientFields,
  renderPreview,
  type Template,
  TemplateRenderError,
  undefinedFields,
} from '@hikyaku/message';

export interface TemplateFacts {
  template: ChecklistFacts['template'];
  /** Of one message in each mode. In bulk that of a personal message where it would be refused. 0: there is none. */
  messageBytes: Record<DeliveryMode, number>;
}

const NO_BYTES = { one_to_one: 0, bulk: 0 };

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
  if (!source) return { template: null, messageBytes: NO_BYTES };
  const facts = {
    subject: source.subject,
    hasText: source.text.trim() !== '',
    hasUnsubscribeLink: /\bunsubscribe_url\b/.test(source.html + source.text),
  };
  const parsed = parseTemplate(source);
  if (!parsed.ok) {
    const errors = parsed.errors.map(({ part, line, message }) => ({ part, line, message }));
    const nothing = { undefinedFields: [], recipientFields: [] };
    return { template: { ...facts, ...nothing, errors }, messageBytes: NO_BYTES };
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
  const used = recipientFields(parsed.template);
  const { errors, messageBytes } = measure(parsed.template, fields, used.length === 0);
  const template = { ...facts, errors, undefinedFields: missing, recipientFields: used };
  return { template, messageBytes };
}

function measure(template: Template, fields: Fields, mayBeBulk: boolean) {
  try {
    renderPreview(template, fields);
    const one_to_one = estimateSizeBytes(template, fields);
    const bulk = mayBeBulk ? estimateBulkSizeBytes(template) : one_to_one;
    return { errors: [], messageBytes: { one_to_one, bulk } };
  } catch (error) {
    if (!(error instanceof TemplateRenderError)) throw error;
    const errors = [{ message: error.message, part: error.part, line: 1 }];
    return { errors, messageBytes: NO_BYTES };
  }
}

function fieldsOf(columns: unknown): Fields {
  if (!Array.isArray(columns)) return {};
  return Object.fromEntries(columns.map((column) => [(column as { key?: unknown })?.key, '']));
}
