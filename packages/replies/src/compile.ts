/** Rules made ready to be asked many thousand times a second. */
import type { Phase } from './categories.ts';
import type { Rule } from './rule.ts';
import type { SiteGroup } from './sites.ts';
import { mayHave, type Trigrams, trigramsNeeded } from './trigrams.ts';

/**
 * One rule as a test over a prepared reply for which `couldMatch` holds: site, phase and class of code are the index's to
 * know and are not asked again. Conditions that are cheap come first.
 */
export function compileRule(rule: Rule): CompiledRule {
  const codes = exactCodes(rule.code);
  const phrases = rule.text?.map(compilePhrase);
  const enhanced = rule.enhanced?.map(splitEnhanced);
  return {
    rule,
    matches: (reply) => {
      if (codes && !codes.includes(reply.code)) return false;
      if (rule.command && !rule.command.includes(reply.command)) return false;
      if (enhanced && !enhanced.some((parts) => isEnhanced(parts, reply.enhanced))) return false;
      if (rule.mx && !rule.mx.some((ending) => reply.mx.endsWith(ending))) return false;
      if (rule.isOwn && !reply.isOwnNamed) return false;
      if (phrases && !phrases.some((phrase) => hasPhrase(reply, phrase))) return false;
      return rule.pattern === undefined || rule.pattern.test(reply.text);
    },
  };
}

/** Whether a rule could ever match a reply of this phase, class and site: what the index of rules is built from. */
export function couldMatch(
  rule: Rule,
  phase: Phase,
  codeClass: number,
  group: SiteGroup | null,
): boolean {
  if (rule.site !== undefined && rule.site !== group) return false;
  if (rule.phase && !rule.phase.includes(phase)) return false;
  if (rule.code && !rule.code.some((code) => classOf(code) === codeClass)) return false;
  return !rule.enhanced?.every((code) => code[0] !== 'x' && Number(code[0]) !== codeClass);
}

/**
 * A text in the form in which phrases are looked for: one line, lower case, without repeated codes, addresses and URLs.
 * An address may be called `blocked@` or `spam@`. Of a URL only a block list's host is evidence; a help page is none.
 */
export function prepareText(text: string): string {
  let out = text.toLowerCase().replace(CODES, ' ');
  if (out.includes('@')) out = out.replace(ADDRESS, '<>');
  if (out.includes('://'))
    out = out.replace(URLS, (_, host: string) => (LIST_HOST.test(host) ? host : ' '));
  return out.replace(SPACE, ' ').trim();
}

/** Whether a text, addresses and URLs left in, names one of our addresses or names. */
export function namesOwn(text: string, own: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return own.some((name) => names(lower, name.toLowerCase()));
}

/** Not where a longer name contains it: 192.0.2.1 is not in 192.0.2.10. */
function names(text: string, name: string): boolean {
  if (name === '') return false;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const before = text[at - 1] ?? ' ';
    const after = text.slice(at + name.length, at + name.length + 2);
    if (!/[a-z0-9-]/.test(before) && !/^(?:[a-z0-9-]|\.[a-z0-9])/.test(after)) return true;
  }
  return false;
}

/** The codes to choose from, or null where whole classes are meant. `4xx` beside `550` stands for all its codes. */
function exactCodes(code: Rule['code']): (number | null)[] | null {
  if (code === undefined || code.every((wanted) => wanted.endsWith('xx'))) return null;
  return code.flatMap((wanted) => {
    if (wanted === 'none') return [null];
    if (!wanted.endsWith('xx')) return [Number(wanted)];
    return Array.from({ length: 100 }, (_, at) => Number(wanted[0]) * 100 + at);
  });
}

function classOf(code: string): number {
  return code === 'none' ? 0 : Number(code[0]);
}

function splitEnhanced(code: string): [string, string, string] {
  const [a = '', b = '', c = ''] = code.split('.');
  return [a, b, c];
}

function isEnhanced([a, b, c]: [string, string, string], given: EnhancedParts | null): boolean {
  if (given === null) return false;
  if (a !== 'x' && a !== given[0]) return false;
  return (b === '*' || b === given[1]) && (c === '*' || c === given[2]);
}

function compilePhrase(phrase: string): CompiledPhrase {
  const parts = phrase.split('*').map((part) => part.trim());
  return { parts, needed: trigramsNeeded(parts) };
}

function hasPhrase({ text, trigrams }: PreparedReply, { parts, needed }: CompiledPhrase): boolean {
  if (!mayHave(trigrams, needed)) return false;
  let from = 0;
  for (const part of parts) {
    const at = text.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return true;
}

/** `550-5.1.1 ` and `550 ` at line starts, and `550-5.1.1 ` where lines were joined. */
const CODES =
  /(?:^|[\r\n]+)\s*\d{3}[- ](?:#?[245]\.\d{1,3}\.\d{1,3}\b)?|\b\d{3}[- ][245]\.\d{1,3}\.\d{1,3}\s/g;
const SPACE = /\s+/g;
const ADDRESS = /<?[^\s<>"'():,]+@[a-z0-9.[\]-]+>?/g;
const URLS = /https?:\/\/([a-z0-9.-]+)\S*/g;
const LIST_HOST =
  /spamhaus|spamcop|barracudacentral|sorbs|abuseat|uceprotect|mailspike|dnsbl|rbl|surbl|abusix|psbl|senderscore/;

type CompiledPhrase = { parts: readonly string[]; needed: readonly number[] };
type EnhancedParts = readonly [string, string, string];
export type PreparedReply = {
  group: SiteGroup | null;
  phase: Phase;
  command: string;
  code: number | null;
  enhanced: EnhancedParts | null;
  text: string;
  trigrams: Trigrams;
  mx: string;
  isOwnNamed: boolean;
};
export type CompiledRule = { rule: Rule; matches: (reply: PreparedReply) => boolean };
