/** What the editor shows: a message as one person would get it, and what it weighs. */
import { createBulkComposer } from './bulk-composer.ts';
import type { CampaignMessage } from './campaign-message.ts';
import { createComposer } from './composer.ts';
import type { Fields } from './fields.ts';
import { withFooters } from './footer.ts';
import { renderParts, type Template, undefinedFields } from './template.ts';

export interface Preview {
  readonly subject: string;
  /** Null for a template without HTML. */
  readonly html: string | null;
  readonly text: string;
  /** Fields that the template names and this person does not have. */
  readonly undefined: readonly string[];
}

const EXAMPLE = {
  email: 'someone@example.com',
  unsubscribeUrl: 'https://example.com/u/preview',
  // As long as the signed tokens.
  token: 'x'.repeat(76),
  bulkToken: 'x'.repeat(66),
} as const;

/**
 * Renders subject, HTML and text with footers, as `compose` would.
 *
 * @param own what the message would provide; examples when absent
 * @throws TemplateRenderError
 */
export function renderPreview(
  template: Template,
  fields: Fields,
  own: { email?: string; unsubscribeUrl?: string; unsubscribeLabel?: string } = {},
): Preview {
  const provided = {
    email: own.email ?? EXAMPLE.email,
    unsubscribe_url: own.unsubscribeUrl ?? EXAMPLE.unsubscribeUrl,
  };
  const parts = renderParts(withFooters(template, own.unsubscribeLabel), fields, provided);
  return { ...parts, undefined: undefinedFields(template, fields) };
}

/** Bytes of this template's message for one person: headers, both parts, encodings. */
export function estimateSizeBytes(template: Template, fields: Fields = {}): number {
  const { sizeBytes } = createComposer(exampleCampaign(template)).compose({
    email: EXAMPLE.email,
    fields,
    deliveryId: '1000000',
    unsubscribeToken: EXAMPLE.token,
    atMs: 0,
  });
  return sizeBytes;
}

/**
 * Bytes of the one message that all recipients share.
 *
 * @throws ComposeError `bulk-fields`
 */
export function estimateBulkSizeBytes(template: Template): number {
  const composer = createBulkComposer(exampleCampaign(template));
  return composer.compose({ unsubscribeToken: EXAMPLE.bulkToken, atMs: 0 }).sizeBytes;
}

function exampleCampaign(template: Template): CampaignMessage {
  return {
    template,
    from: { name: '飛脚', address: 'news@mail.example.com' },
    messageIdDomain: 'mail.example.com',
    seed: '00000000-0000-0000-0000-000000000000',
    unsubscribeBaseUrl: 'https://mail.example.com',
  };
}
