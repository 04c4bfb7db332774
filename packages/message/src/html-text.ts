/**
 * The text alternative of an HTML body for people who did not write one: blocks become lines, links
 * keep their address, pictures their `alt`. A linear scan: hostile markup costs no more than its length.
 */
import { decodeEntities } from './entities.ts';
import { joinConstants, type Segment } from './segments.ts';

const BLOCKS = new Set(
  (
    'address article aside blockquote body center dd div dl dt fieldset figure footer form h1 h2 h3 ' +
    'h4 h5 h6 header hr html li main nav ol p pre section table tbody tfoot thead tr ul'
  ).split(' '),
);
const PARAGRAPHS = new Set('blockquote dl h1 h2 h3 h4 h5 h6 ol p table ul'.split(' '));
const UNSEEN = new Set(['head', 'script', 'style', 'template', 'title', 'noscript']);

/** Text for an HTML body, lines ended by `\n`, without blank lines at its ends. */
export function htmlToText(html: string): string {
  const lines = new TextLines();
  let unseen: string | null = null;
  for (const token of tokensOf(html)) {
    if (unseen) {
      if (token.kind === 'tag' && token.isEnd && token.name === unseen) unseen = null;
    } else if (token.kind === 'text') lines.write(decodeEntities(token.text));
    else if (!UNSEEN.has(token.name)) writeTag(lines, token);
    else if (!token.isEnd) unseen = token.name;
  }
  return lines.textFrom(0);
}

function writeTag(lines: TextLines, { name, isEnd, tag }: TagToken): void {
  if (name === 'br') lines.breakLine();
  else if (name === 'img') lines.write(attribute(tag, 'alt'));
  else if (name === 'a') {
    lines.endLink();
    if (!isEnd) lines.beginLink(attribute(tag, 'href'));
  } else if (name === 'td' || name === 'th') lines.write(' ');
  else if (BLOCKS.has(name)) {
    lines.block(PARAGRAPHS.has(name));
    if (name === 'li' && !isEnd) lines.write('- ');
  }
}

// Two noncharacters mark where a field stands while the constant text around it is converted.
const OPEN = '\uFDD0';
const CLOSE = '\uFDD1';

/** Converts HTML segments without knowing the values. Null when the text holds our own marks. */
export function textSegmentsOf(segments: readonly Segment[]): Segment[] | null {
  const marked = segments.map((segment, index) =>
    typeof segment === 'string' ? segment : `${OPEN}${index}${CLOSE}`,
  );
  const isMarked = (segment: Segment) =>
    typeof segment === 'string' && (segment.includes(OPEN) || segment.includes(CLOSE));
  if (segments.some(isMarked)) return null;
  const pieces = htmlToText(marked.join('')).split(/\uFDD0(\d+)\uFDD1/);
  // split() with a group: text, index, text, index, text …
  const converted = pieces.map((piece, at) => (at % 2 === 0 ? piece : segments[Number(piece)]));
  return joinConstants(converted.filter((segment) => segment !== undefined));
}

/** Collects text with HTML's rules for white space. Pieces, not one string: hostile markup stays linear. */
class TextLines {
  readonly pieces: string[] = [];
  private lineEnds = 2;
  private hasSpace = false;
  private link: { href: string; from: number } | null = null;

  write(piece: string): void {
    const collapsed = piece.replace(/[ \t\n]+/g, ' ');
    const words = collapsed.trim();
    if (collapsed.startsWith(' ')) this.hasSpace = true;
    if (words === '') return;
    if (this.hasSpace && this.lineEnds === 0) this.pieces.push(' ');
    this.pieces.push(words);
    this.lineEnds = 0;
    this.hasSpace = collapsed.endsWith(' ');
  }

  breakLine(): void {
    this.pieces.push('\n');
    this.lineEnds++;
    this.hasSpace = false;
  }

  block(isParagraph: boolean): void {
    this.hasSpace = false;
    while (this.lineEnds < (isParagraph ? 2 : 1)) this.breakLine();
  }

  // Links do not nest: the next one ends the one before.
  beginLink(href: string): void {
    this.link = { href, from: this.pieces.length };
  }

  endLink(): void {
    if (!this.link) return;
    const { href, from } = this.link;
    this.link = null;
    if (href === '' || href.startsWith('#')) return;
    const label = this.textFrom(from);
    if (label === href || `mailto:${label}` === href) return;
    this.write(label === '' ? href : ` (${href})`);
  }

  textFrom(piece: number): string {
    return this.pieces.slice(piece).join('').trim();
  }
}

interface TagToken {
  kind: 'tag';
  name: string;
  isEnd: boolean;
  tag: string;
}

type HtmlToken = { kind: 'text'; text: string } | TagToken;

function* tokensOf(html: string): Generator<HtmlToken> {
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open === -1) {
      yield { kind: 'text', text: html.slice(at) };
      return;
    }
    if (open > at) yield { kind: 'text', text: html.slice(at, open) };
    if (html.startsWith('<!--', open)) {
      const end = html.indexOf('-->', open + 4);
      at = end === -1 ? html.length : end + 3;
      continue;
    }
    if (!/[a-z/!?]/i.test(html[open + 1] ?? '')) {
      yield { kind: 'text', text: '<' };
      at = open + 1;
      continue;
    }
    const end = endOfTag(html, open);
    const tag = html.slice(open, end);
    const name = /^<\/?([a-z][a-z0-9]*)/i.exec(tag)?.[1]?.toLowerCase() ?? '';
    yield { kind: 'tag', name, isEnd: tag[1] === '/', tag };
    at = end;
  }
}

function endOfTag(html: string, open: number): number {
  let quote = '';
  for (let at = open + 1; at < html.length; at++) {
    const character = html[at];
    if (quote) {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return at + 1;
  }
  return html.length;
}

function attribute(tag: string, name: string): string {
  const pattern = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i');
  const match = pattern.exec(tag);
  return decodeEntities(match?.[1] ?? match?.[2] ?? match?.[3] ?? '').trim();
}
