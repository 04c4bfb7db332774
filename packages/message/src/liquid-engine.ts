/**
 * LiquidJS with everything locked that mail does not need: no files, no unescaped output, a list of
 * allowed tags and filters, and a budget that every loop pays from, also a loop with an empty body
 * (LiquidJS's own limits are only looked at when something is rendered).
 */
import {
  AssignTag,
  BreakTag,
  CaseTag,
  CommentTag,
  type Context,
  ContinueTag,
  type Emitter,
  ForTag,
  IfTag,
  InlineCommentTag,
  Liquid,
  filters as liquidFilters,
  type Parser,
  RawTag,
  type TagToken,
  type Template,
  type TopLevelToken,
  UnlessTag,
} from 'liquidjs';
import { escapeHtml, scalarText } from './fields.ts';

/** What one template, and one rendering of it, may cost. */
export const TEMPLATE_LIMITS = {
  /** Characters of one part's source. */
  sourceMax: 500_000,
  /** `{{` and `{%` in one part. */
  tagsMax: 2_000,
  /** Greatest number of elements of a range that is written in the template. */
  rangeMax: 1_000,
  /** `for` within `for`. */
  loopDepthMax: 2,
  /** Loop rounds in one rendering, all loops together. */
  roundsMax: 10_000,
  /** Characters of one rendered part, looked at on each loop round. */
  outputMax: 2_000_000,
  /** Characters that filters and ranges may allocate in one rendering. */
  memoryMax: 2_000_000,
  /** The last resort: it depends on the machine, so the limits above should always be met first. */
  renderMs: 1_000,
} as const;

// `capture`, `echo`, `cycle`, `tablerow`, `increment` and `liquid` write without the output escape or
// smuggle markup through a variable; `include`, `render`, `layout` and `block` read files.
const TAGS = {
  assign: AssignTag,
  case: CaseTag,
  comment: CommentTag,
  '#': InlineCommentTag,
  if: IfTag,
  unless: UnlessTag,
  raw: RawTag,
  break: BreakTag,
  continue: ContinueTag,
} as const;

const ALLOWED_FILTERS = [
  ...['default', 'date', 'append', 'prepend', 'capitalize', 'downcase', 'upcase', 'strip'],
  ...['lstrip', 'rstrip', 'strip_newlines', 'squish', 'normalize_whitespace', 'truncate'],
  ...['truncatewords', 'replace', 'replace_first', 'replace_last', 'remove', 'remove_first'],
  ...['remove_last', 'split', 'join', 'first', 'last', 'size', 'slice', 'reverse', 'sort', 'uniq'],
  ...['compact', 'concat', 'url_encode', 'url_decode', 'strip_html', 'abs', 'ceil', 'floor'],
  ...['round', 'plus', 'minus', 'times', 'divided_by', 'modulo', 'at_least', 'at_most'],
] as const;

/** A loop whose every round is counted, and whose output is measured. */
class BoundedForTag extends ForTag {
  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid, parser: Parser) {
    super(token, remaining, liquid, parser);
    this.templates.unshift({ token, render: spendRound });
  }
}

function spendRound(context: Context, emitter: Emitter): void {
  const spent = context.getRegister('rounds', { count: 0 }) as { count: number };
  spent.count++;
  if (spent.count > TEMPLATE_LIMITS.roundsMax) {
    throw new Error(`loops run more than ${TEMPLATE_LIMITS.roundsMax} rounds`);
  }
  if (emitter.buffer.length > TEMPLATE_LIMITS.outputMax) {
    throw new Error(`loops write more than ${TEMPLATE_LIMITS.outputMax} characters`);
  }
}

/** One engine for HTML (merged values are escaped) or for text and subject (they are not). */
export function createEngine(kind: 'html' | 'text', timeZone: string): Liquid {
  const engine = new Liquid({
    ownPropertyOnly: true,
    strictFilters: true,
    strictVariables: false,
    relativeReference: false,
    dynamicPartials: false,
    templates: {},
    timezoneOffset: timeZone,
    locale: 'en-US',
    parseLimit: TEMPLATE_LIMITS.sourceMax,
    memoryLimit: TEMPLATE_LIMITS.memoryMax,
    renderLimit: TEMPLATE_LIMITS.renderMs,
    outputEscape: kind === 'html' ? (value: unknown) => escapeHtml(liquidText(value)) : undefined,
  });
  for (const name of Object.keys(engine.tags)) delete engine.tags[name];
  for (const [name, tag] of Object.entries(TAGS)) engine.registerTag(name, tag);
  engine.registerTag('for', BoundedForTag);

  for (const name of Object.keys(engine.filters)) delete engine.filters[name];
  for (const name of ALLOWED_FILTERS) {
    const filter = liquidFilters[name];
    if (!filter) throw new Error(`LiquidJS has no filter ${name}`);
    engine.registerFilter(name, filter);
  }
  registerEscapes(engine, kind);
  return engine;
}

// In HTML the output is escaped anyway: `| escape` must not do it twice. `raw` marks "done already"
// and counts only as the last filter, so nothing that follows can slip out unescaped.
function registerEscapes(engine: Liquid, kind: 'html' | 'text'): void {
  const raw = kind === 'html';
  engine.registerFilter('escape', { raw, handler: (value) => escapeHtml(liquidText(value)) });
  engine.registerFilter('newline_to_br', {
    raw,
    handler: (value) => {
      const text = liquidText(value);
      return kind === 'html' ? escapeHtml(text).replace(/\n/g, '<br>\n') : text;
    },
  });
}

/** A value as Liquid writes it: nothing for nil, arrays joined. */
function liquidText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(liquidText).join('');
  return scalarText(value) ?? '';
}

export type { Template };
