/** What the database asks before a content is frozen for a bulk campaign. */
import { parseTemplate, recipientFields, type TemplateSource } from '@hikyaku/message';
import { Refusal } from './refusal.ts';

/** The recipient fields of a content. Throws TEMPLATE_BROKEN where nobody can say, because it does not parse. */
export function recipientFieldsOf(content: TemplateSource): string[] {
  const parsed = parseTemplate(content);
  if (!parsed.ok) throw new Refusal('TEMPLATE_BROKEN');
  return recipientFields(parsed.template);
}
