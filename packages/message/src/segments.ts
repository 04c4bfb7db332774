/**
 * The fast path: a template that consists of text and plain outputs (`{{ field }}`, also with
 * `| default: "…"`) becomes a list of segments that renders to the very bytes LiquidJS would write.
 * Everything else stays with LiquidJS; the property test holds the two together.
 */
import { Output, type Template, TypeGuards } from 'liquidjs';
import { escapeHtml, type Scope } from './fields.ts';

/** Constant text, or a field with what stands in for an absent or empty value. */
export type Segment = string | FieldSegment;
export interface FieldSegment {
  readonly field: string;
  /** `null`: write nothing. */
  readonly fallback: string | null;
}

/** Segments of parsed templates, or null when they need LiquidJS. */
export function segmentsOf(templates: readonly Template[]): Segment[] | null {
  const segments: Segment[] = [];
  for (const template of templates) {
    const segment = segmentOf(template);
    if (segment === null) return null;
    segments.push(segment);
  }
  return joinConstants(segments);
}

/** Renders one field: the cleaned value, or its fallback; escaped for HTML. */
export function renderField(segment: FieldSegment, scope: Scope, isHtml: boolean): string {
  const text = scope[segment.field] || (segment.fallback ?? '');
  return isHtml ? escapeHtml(text) : text;
}

/** Renders all segments to a string. */
export function renderSegments(
  segments: readonly Segment[],
  scope: Scope,
  isHtml: boolean,
): string {
  let text = '';
  for (const segment of segments) {
    text += typeof segment === 'string' ? segment : renderField(segment, scope, isHtml);
  }
  return text;
}

/** Neighbouring constants become one; empty ones vanish. */
export function joinConstants(segments: readonly Segment[]): Segment[] {
  const joined: Segment[] = [];
  for (const segment of segments) {
    const last = joined.at(-1);
    if (typeof segment !== 'string') joined.push(segment);
    else if (typeof last === 'string') joined[joined.length - 1] = last + segment;
    else if (segment !== '') joined.push(segment);
  }
  return joined;
}

function segmentOf(template: Template): Segment | null {
  const token: unknown = template.token;
  if (TypeGuards.isHTMLToken(token)) return token.getContent();
  if (!(template instanceof Output)) return null;
  const field = plainField(template);
  if (field === null) return null;
  const fallback = plainFallback(template);
  return fallback === undefined ? null : { field, fallback };
}

function plainField({ value }: Output): string | null {
  const [token, ...others] = value.initial.postfix;
  if (others.length > 0 || !TypeGuards.isPropertyAccessToken(token)) return null;
  const [property, ...deeper] = token.props;
  if (token.variable || deeper.length > 0 || !TypeGuards.isWordToken(property)) return null;
  return property.content;
}

// The engine's own output escape is a filter too, the last one, with an empty token text.
function plainFallback({ value }: Output): string | null | undefined {
  const filters = value.filters.filter(({ name }) => !name.startsWith('[object'));
  if (filters.length === 0) return null;
  const [filter] = filters;
  const [argument] = filter?.args ?? [];
  const isPlain = filters.length === 1 && filter?.name === 'default' && filter.args.length === 1;
  if (!isPlain || Array.isArray(argument) || !TypeGuards.isQuotedToken(argument)) return undefined;
  return argument.content;
}
