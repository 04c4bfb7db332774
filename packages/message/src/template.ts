/**
 * A template is parsed once, checked as far as that is possible without a person, and rendered many
 * times. Rendering may still fail: a filter or a loop over a field can meet its limit
 * (TemplateRenderError), so a campaign is checked with real people before it is scheduled.
 */
import type { Liquid } from 'liquidjs';
import { cleanBody, cleanHeader, type Fields, type Scope, scopeOf } from './fields.ts';
import { htmlToText, textSegmentsOf } from './html-text.ts';
import { createEngine, type Template as Node, TEMPLATE_LIMITS } from './liquid-engine.ts';
import { renderSegments, type Segment, segmentsOf } from './segments.ts';
import { checkSource, checkTree, fieldsOf, templateErrorOf } from './template-checks.ts';
import {
  type PartName,
  type TemplateError,
  TemplateRenderError,
  type TemplateSource,
} from './template-errors.ts';

/** One compiled part. `segments` is null when LiquidJS has to render it. */
export interface CompiledPart {
  readonly fields: readonly string[];
  readonly segments: readonly Segment[] | null;
  render(scope: Scope): string;
}

export interface Template {
  readonly source: TemplateSource;
  /** Every field that any part names, but those that a composer provides (`PROVIDED_FIELDS`). */
  readonly fields: readonly string[];
  readonly subject: CompiledPart;
  readonly html: CompiledPart | null;
  readonly text: CompiledPart;
  readonly isTextDerived: boolean;
}

export type ParsedTemplate =
  | { readonly ok: true; readonly template: Template }
  | { readonly ok: false; readonly errors: readonly TemplateError[] };

/** Fields that every message has, whatever columns the list has. */
export const PROVIDED_FIELDS: readonly string[] = ['email', 'unsubscribe_url'];

/**
 * Parses the three parts. All errors are returned, at most one per part.
 *
 * @param options.timeZone IANA name for the `date` filter; UTC when absent.
 */
export function parseTemplate(
  raw: TemplateSource,
  options: { readonly timeZone?: string } = {},
): ParsedTemplate {
  const source = {
    subject: cleanBody(raw.subject),
    html: cleanBody(raw.html),
    text: cleanBody(raw.text),
  };
  const errors: TemplateError[] = [];
  if (source.subject.trim() === '') errors.push(emptyError('subject', 'empty-subject'));
  const hasHtml = source.html.trim() !== '';
  const hasText = source.text.trim() !== '';
  if (!hasHtml && !hasText) errors.push(emptyError('html', 'empty-body'));

  const { textEngine, htmlEngine } = enginesFor(options.timeZone ?? 'UTC');
  const compile = (part: PartName, engine: Liquid): CompiledPart | null => {
    const compiled = compilePart(part, source[part], engine);
    if ('code' in compiled) errors.push(compiled);
    return 'code' in compiled ? null : compiled;
  };
  const subject = compile('subject', textEngine);
  const html = hasHtml ? compile('html', htmlEngine) : null;
  const written = hasText ? compile('text', textEngine) : null;
  if (errors.length > 0) return { ok: false, errors };

  const text = written ?? (html && derivedText(html));
  if (!subject || !text) throw new Error('a template without errors has a subject and a body');
  const named = new Set([...subject.fields, ...(html?.fields ?? []), ...text.fields]);
  const fields = [...named].filter((name) => !PROVIDED_FIELDS.includes(name));
  return {
    ok: true,
    template: { source, fields, subject, html, text, isTextDerived: written === null },
  };
}

/** Fields that the template names and this person (or list) does not have. A field that is empty is not missing. */
export function undefinedFields(template: Template, fields: Fields): string[] {
  return template.fields.filter((name) => !Object.hasOwn(fields, name) || fields[name] == null);
}

/**
 * Fields of a recipient, in any part: what keeps a template from being sent as one message to many. The address is one,
 * the unsubscribe link is not: in bulk it leads to a page that asks for the address.
 */
export function recipientFields({ subject, html, text }: Template): string[] {
  const named = new Set([...subject.fields, ...(html?.fields ?? []), ...text.fields]);
  named.delete('unsubscribe_url');
  return [...named];
}

export interface RenderedParts {
  readonly subject: string;
  readonly html: string | null;
  readonly text: string;
}

/**
 * Renders all parts for one person, without footer.
 *
 * @throws TemplateRenderError when a limit is met
 */
export function renderParts(template: Template, fields: Fields, own: Fields): RenderedParts {
  const { subject, html, text } = template;
  const render = (part: CompiledPart) => part.render(scopeOf(part.fields, fields, own));
  return {
    subject: cleanHeader(render(subject)),
    html: html && render(html),
    text: render(text),
  };
}

function compilePart(part: PartName, source: string, engine: Liquid): CompiledPart | TemplateError {
  const tooBig = checkSource(part, source);
  if (tooBig) return tooBig;
  try {
    const nodes = engine.parse(source);
    const refused = checkTree(part, nodes);
    if (refused) return refused;
    const compiled = createPart(part, nodes, engine);
    // What fails for a person without any field fails for everybody: say so now.
    if (!compiled.segments) compiled.render(scopeOf(compiled.fields, {}, {}));
    return compiled;
  } catch (error) {
    return templateErrorOf(part, error);
  }
}

function createPart(part: PartName, nodes: Node[], engine: Liquid): CompiledPart {
  const fields = fieldsOf(nodes);
  const segments = segmentsOf(nodes);
  if (segments) {
    return {
      fields,
      segments,
      render: (scope) => renderSegments(segments, scope, part === 'html'),
    };
  }
  const render = (scope: Scope): string => {
    let text: string;
    try {
      text = engine.renderSync(nodes, scope);
    } catch (error) {
      throw new TemplateRenderError(part, error);
    }
    if (text.length > TEMPLATE_LIMITS.outputMax) {
      throw new TemplateRenderError(part, `more than ${TEMPLATE_LIMITS.outputMax} characters`);
    }
    // Filters can make control characters (`"%00" | url_decode`).
    return cleanBody(text);
  };
  return { fields, segments: null, render };
}

function derivedText(html: CompiledPart): CompiledPart {
  const segments = html.segments && textSegmentsOf(html.segments);
  if (segments) {
    const fields = segments.flatMap((segment) =>
      typeof segment === 'string' ? [] : [segment.field],
    );
    return {
      fields: [...new Set(fields)],
      segments,
      render: (scope) => renderSegments(segments, scope, false),
    };
  }
  return {
    fields: html.fields,
    segments: null,
    render: (scope) => htmlToText(html.render(scope)),
  };
}

function emptyError(part: PartName, code: 'empty-subject' | 'empty-body'): TemplateError {
  const message = part === 'subject' ? 'the subject is empty' : 'both HTML and text are empty';
  return { part, line: 1, code, message };
}

// Engines are stateless between renderings: one pair per time zone serves every template.
const engines = new Map<string, { textEngine: Liquid; htmlEngine: Liquid }>();
function enginesFor(timeZone: string): { textEngine: Liquid; htmlEngine: Liquid } {
  let pair = engines.get(timeZone);
  if (!pair) {
    pair = {
      textEngine: createEngine('text', timeZone),
      htmlEngine: createEngine('html', timeZone),
    };
    engines.set(timeZone, pair);
  }
  return pair;
}
