/** Rules made ready to be asked many thousand times a second. */
import type { Phase } from './categories.ts';
import type { Rule } from './rule.ts';
import type { SiteGroup } from './sites.ts';

/** One rule as a test over a prepared reply; conditions that are cheap come first. */
export function compileRule(rule: Rule): CompiledRule {
  const phrases = (rule.text ?? []).map((phrase) => phrase.split('*').map((part) => part.trim()));
  const enhanced = rule.enhanced?.map(splitEnhanced);
  return {
    rule,
    matches: (reply) => {
      if (rule.site !== undefined && rule.site !== reply.group) return false;
      if (rule.phase && !rule.phase.includes(reply.phase)) return false;
      if (rule.command && !rule.command.includes(reply.command)) return false;
      if (rule.code && !rule.code.some((code) => isCode(code, reply.code))) return false;
      if (enhanced && !enhanced.some((parts) => isEnhanced(parts, reply.enhanced))) return false;
      if (rule.mx && !rule.mx.some((ending) => reply.mx.endsWith(ending))) return false;
      if (rule.isOwn && !reply.isOwnNamed) return false;
      if (rule.text && !phrases.some((parts) => hasPhrase(reply.text, parts))) return false;
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

function isCode(wanted: string, code: number | null): boolean {
  if (wanted === 'none') return code === null;
  if (code === null) return false;
  return wanted.endsWith('xx')
    ? Math.floor(code / 100) === Number(wanted[0])
    : Number(wanted) === code;
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

function hasPhrase(text: string, parts: readonly string[]): boolean {
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

type EnhancedParts = readonly [string, string, string];
export type PreparedReply = {
  group: SiteGroup | null;
  phase: Phase;
  command: string;
  code: number | null;
  enhanced: EnhancedParts | null;
  text: string;
  mx: string;
  isOwnNamed: boolean;
};
export type CompiledRule = { rule: Rule; matches: (reply: PreparedReply) => boolean };
