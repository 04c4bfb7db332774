/**
 * The way out is in every message: a part that does not show `{{ unsubscribe_url }}` gets a footer
 * with the link. A part that LiquidJS renders is asked each time, because its own link may stand in
 * a branch that this recipient does not get.
 */
import { escapeHtml, type Scope } from './fields.ts';
import { type FieldSegment, joinConstants, renderSegments, type Segment } from './segments.ts';
import type { CompiledPart, Template } from './template.ts';

const FIELD = 'unsubscribe_url';
const LINK: FieldSegment = { field: FIELD, fallback: null };

/** Both languages: where nobody says which one the readers speak. */
export const DEFAULT_UNSUBSCRIBE_LABEL = '配信停止 / Unsubscribe';

const LABELS: Readonly<Record<string, string>> = { ja: '配信停止', en: 'Unsubscribe' };

/** The link's words in the tenant's language: what is sent and what the preview shows take them from here. */
export function unsubscribeLabel(locale: string): string {
  return LABELS[locale] ?? DEFAULT_UNSUBSCRIBE_LABEL;
}

/** The template with footers where they are missing. */
export function withFooters(template: Template, label = DEFAULT_UNSUBSCRIBE_LABEL): Template {
  const { text, html } = template;
  const words = label.replace(/\s+/g, ' ').trim();
  return {
    ...template,
    text: withFooter(text, textFooter(words), appendText, false),
    html: html && withFooter(html, htmlFooter(words), insertHtml, true),
  };
}

type Insert = (body: readonly Segment[], footer: readonly Segment[]) => Segment[];

function withFooter(
  part: CompiledPart,
  footer: readonly Segment[],
  insert: Insert,
  isHtml: boolean,
): CompiledPart {
  const fields = [...new Set([...part.fields, FIELD])];
  if (part.segments) {
    if (part.fields.includes(FIELD)) return part;
    const segments = joinConstants(insert(part.segments, footer));
    return { fields, segments, render: (scope) => renderSegments(segments, scope, isHtml) };
  }
  const render = (scope: Scope): string => {
    const body = part.render(scope);
    const url = scope[FIELD] ?? '';
    if (url !== '' && body.includes(isHtml ? escapeHtml(url) : url)) return body;
    return renderSegments(insert([body], footer), scope, isHtml);
  };
  return { fields, segments: null, render };
}

function textFooter(label: string): Segment[] {
  return [`\n\n----\n${label}: `, LINK, '\n'];
}

function htmlFooter(label: string): Segment[] {
  const style = 'margin:24px 0 0;font-size:12px;color:#666';
  const words = escapeHtml(label);
  return [`\n<p style="${style}"><a href="`, LINK, `" style="color:#666">${words}</a></p>\n`];
}

function appendText(body: readonly Segment[], footer: readonly Segment[]): Segment[] {
  return [...body, ...footer];
}

// Before the last </body>, if there is one. Values are escaped, so it stands in constant text.
function insertHtml(body: readonly Segment[], footer: readonly Segment[]): Segment[] {
  for (let at = body.length - 1; at >= 0; at--) {
    const segment = body[at];
    if (typeof segment !== 'string') continue;
    const end = segment.toLowerCase().lastIndexOf('</body>');
    if (end === -1) continue;
    const before = [...body.slice(0, at), segment.slice(0, end)];
    return [...before, ...footer, segment.slice(end), ...body.slice(at + 1)];
  }
  return [...body, ...footer];
}
