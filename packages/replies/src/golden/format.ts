/**
 * How golden replies are kept: one line a case, in text that a reviewer can read and a provider's page can be held against.
 * A cited case says where its text stands publicly; a case without a citation is synthetic and is counted apart.
 */
import { CATEGORIES, type Category, PHASES, type Phase } from '../categories.ts';

/**
 * The cases of a source. One line each: `site phase category [mx=host] [own=a,b] [@ref] | reply`; `\r\n` in a reply is
 * written as those four characters (use String.raw). `@ref` is what comes behind `cite`: a file name, a number.
 * Throws on a line that is not so: a golden file is never read by half.
 */
export function readGolden({ cite, replies }: GoldenSource): GoldenCase[] {
  const lines = replies.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '').map((line) => readLine(line, cite));
}

/** A citation of a proper form: a page, or a file of a public repository at a commit. */
export function isCitation(cite: string | null): boolean {
  return cite !== null && /^https:\/\/[a-z0-9.-]+\.[a-z]{2,}\/\S*$/.test(cite);
}

function readLine(line: string, cite: string | null): GoldenCase {
  const at = line.indexOf(' | ');
  const [site = '', phase = '', category = '', ...more] = line.slice(0, at).split(/\s+/);
  if (at < 0 || !isPhase(phase) || !isCategory(category))
    throw new Error(`A golden line is "site phase category | reply", not: ${line}`);
  const found: GoldenCase = {
    site,
    phase,
    category,
    reply: line.slice(at + 3).replaceAll('\\r\\n', '\r\n'),
    cite,
  };
  for (const part of more) {
    if (part.startsWith('mx=')) found.mx = part.slice(3);
    else if (part.startsWith('own=')) found.own = part.slice(4).split(',');
    else if (part.startsWith('@')) found.cite = `${cite ?? ''}${part.slice(1)}`;
    else throw new Error(`Nothing is known of "${part}" in: ${line}`);
  }
  return found;
}

function isPhase(word: string): word is Phase {
  return (PHASES as readonly string[]).includes(word);
}

function isCategory(word: string): word is Category {
  return (CATEGORIES as readonly string[]).includes(word);
}

/** `cite`: null for synthetic cases. */
export type GoldenSource = { cite: string | null; replies: string };

export type GoldenCase = {
  site: string;
  phase: Phase;
  category: Category;
  reply: string;
  cite: string | null;
  mx?: string;
  own?: string[];
};
