export {
  BULK_MESSAGE_ID,
  BULK_TO,
  type BulkComposeInput,
  type BulkComposer,
  createBulkComposer,
} from './bulk-composer.ts';
export type { CampaignMessage, Mailbox } from './campaign-message.ts';
export { ComposeError, type ComposeErrorCode, isMailbox } from './compose-checks.ts';
export { type ComposeInput, type Composer, createComposer } from './composer.ts';
export { cleanHeader, escapeHtml, type Fields } from './fields.ts';
export { DEFAULT_UNSUBSCRIBE_LABEL, unsubscribeLabel } from './footer.ts';
export { htmlToText } from './html-text.ts';
export { TEMPLATE_LIMITS } from './liquid-engine.ts';
export type { ComposedMessage } from './message-writer.ts';
export {
  estimateBulkSizeBytes,
  estimateSizeBytes,
  type Preview,
  renderPreview,
} from './preview.ts';
export {
  type CompiledPart,
  type ParsedTemplate,
  PROVIDED_FIELDS,
  parseTemplate,
  recipientFields,
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
