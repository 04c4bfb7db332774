/**
 * What can be refused before anybody's data is seen: size, number of tags, ranges and depth of
 * loops; and the translation of LiquidJS's errors into ours.
 */
import { analyzeSync, ForTag, TypeGuards } from 'liquidjs';
import { type Template as Node, TEMPLATE_LIMITS } from './liquid-engine.ts';
import {
  type PartName,
  type TemplateError,
  type TemplateErrorCode,
  TemplateRenderError,
} from './template-errors.ts';

/** Refuses a source that would cost too much to parse at all. */
export function checkSource(part: PartName, source: string): TemplateError | null {
  const { sourceMax, tagsMax } = TEMPLATE_LIMITS;
  if (source.length > sourceMax) {
    const message = `the ${part} has ${source.length} characters; ${sourceMax} are allowed`;
    return { part, line: 1, code: 'too-large', message };
  }
  let count = 0;
  for (let at = source.indexOf('{'); at !== -1; at = source.indexOf('{', at + 1)) {
    const next = source[at + 1];
    if ((next !== '{' && next !== '%') || ++count <= tagsMax) continue;
    const message = `more than ${tagsMax} outputs and tags`;
    return { part, line: lineAt(source, at), code: 'too-many-tags', message };
  }
  return null;
}

/** Refuses loops over long ranges and loops in loops in loops. */
export function checkTree(part: PartName, nodes: Iterable<Node>, depth = 0): TemplateError | null {
  for (const node of nodes) {
    const isLoop = node instanceof ForTag;
    if (isLoop) {
      const refused = checkLoop(part, node, depth + 1);
      if (refused) return refused;
    }
    const inner = checkTree(part, childrenOf(node), isLoop ? depth + 1 : depth);
    if (inner) return inner;
  }
  return null;
}

/** Root names of everything a template reads and does not assign itself. */
export function fieldsOf(nodes: Node[]): string[] {
  return Object.keys(analyzeSync(nodes, { partials: false }).globals);
}

/** Any error of parsing or trial rendering as a TemplateError with the line it came from. */
export function templateErrorOf(part: PartName, error: unknown): TemplateError {
  if (error instanceof TemplateRenderError) {
    return { part, line: 1, code: 'limit-exceeded', message: error.message };
  }
  // LiquidJS wraps the RangeError of a full stack into an error of its own.
  if (/call stack/.test((error as Error).message)) {
    return { part, line: 1, code: 'syntax', message: 'tags are nested too deeply' };
  }
  const { message, token } = error as { message: string; token?: { getPosition(): number[] } };
  const text = message.replace(/, line:\d+, col:\d+$/, '');
  return { part, line: token?.getPosition()[0] ?? 1, code: codeOf(text), message: text };
}

function checkLoop(part: PartName, loop: ForTag, depth: number): TemplateError | null {
  const { loopDepthMax, rangeMax } = TEMPLATE_LIMITS;
  const line = loop.token.getPosition()[0] ?? 1;
  if (depth > loopDepthMax) {
    const message = `more than ${loopDepthMax} loops within each other`;
    return { part, line, code: 'loops-too-deep', message };
  }
  const { collection } = loop;
  if (!TypeGuards.isRangeToken(collection)) return null;
  const { lhs, rhs } = collection;
  if (!TypeGuards.isNumberToken(lhs) || !TypeGuards.isNumberToken(rhs)) return null;
  if (rhs.content - lhs.content < rangeMax) return null;
  const message = `a range of more than ${rangeMax} elements`;
  return { part, line, code: 'range-too-large', message };
}

function childrenOf(node: Node): Node[] {
  // With `partials` false and nothing that reads files, the generator returns at once.
  return (node.children?.(false, true).next().value as Node[] | undefined) ?? [];
}

function codeOf(message: string): TemplateErrorCode {
  if (/^tag ".*" not found/.test(message)) return 'tag-not-allowed';
  if (/^undefined filter/.test(message)) return 'filter-not-allowed';
  return 'syntax';
}

function lineAt(source: string, index: number): number {
  return source.slice(0, index).split('\n').length;
}
