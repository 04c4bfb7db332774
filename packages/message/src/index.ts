export type { CampaignMessage, Mailbox } from './campaign-message.ts';
export { ComposeError, type ComposeErrorCode, isMailbox } from './compose-checks.ts';
export {
  type ComposedMessage,
  type ComposeInput,
  type Composer,
  createComposer,
} from './composer.ts';
export { cleanHeader, escapeHtml, type Fields } from './fields.ts';
export { DEFAULT_UNSUBSCRIBE_LABEL, unsubscribeLabel } from './footer.ts';
export { htmlToText } from './html-text.ts';
export { TEMPLATE_LIMITS } from './liquid-engine.ts';
export { estimateSizeBytes, type Preview, renderPreview } from './preview.ts';
export {
  type CompiledPart,
  type ParsedTemplate,
  PROVIDED_FIELDS,
  parseTemplate,
  type Template,
  undefinedFields,
} from './template.ts';
export {
  type PartName,
  type TemplateError,
  type TemplateErrorCode,
  TemplateRenderError,
  type TemplateSource,
} from './template-errors.ts';
