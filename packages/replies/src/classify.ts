/**
 * Reply → category, by the order of evidence of replies.md: the site's own rule, words of block, authentication or
 * rate, a specific enhanced code, words about the recipient, a generic enhanced code, the basic code.
 * The burst veto over many replies is not here: it needs more than one.
 */

import type { Category, Permanence, Phase, Scope } from './categories.ts';
import { CATEGORY_SCOPES, permanenceOf } from './categories.ts';
import {
  type CompiledRule,
  compileRule,
  couldMatch,
  namesOwn,
  type PreparedReply,
  prepareText,
} from './compile.ts';
import { checkEnhanced, parseEnhanced } from './enhanced.ts';
import { type Rule, TIERS } from './rule.ts';
import { RULES } from './rules/index.ts';
import { siteGroupOf } from './sites.ts';
import { type Trigrams, trigramsOf } from './trigrams.ts';

/** Classifies with the rules of this package. Never throws; what no rule knows is `unclassified`. */
export function classify(reply: ReplyFacts): Classification {
  return classifier(reply);
}

/**
 * A classifier over other rules: for a validator, or for rules that staff have added.
 * It remembers what it decided about a text (addresses taken out), since servers repeat themselves.
 */
export function createClassifier(rules: readonly Rule[]): (reply: ReplyFacts) => Classification {
  const compiled = TIERS.flatMap((tier) => rules.filter((rule) => rule.tier === tier)).map(
    compileRule,
  );
  const index = new Map<string, readonly CompiledRule[]>();
  const decided = new Map<string, Rule | null>();

  const candidatesFor = (reply: PreparedReply, codeClass: number): readonly CompiledRule[] => {
    const key = `${reply.group} ${reply.phase} ${codeClass}`;
    let candidates = index.get(key);
    if (candidates === undefined) {
      candidates = compiled.filter(({ rule }) =>
        couldMatch(rule, reply.phase, codeClass, reply.group),
      );
      index.set(key, candidates);
    }
    return candidates;
  };

  return (given) => {
    const facts = given.text.length > TEXT_MAX ? cut(given) : given;
    const code = isSmtpCode(facts.code) ? facts.code : null;
    const enhanced = checkEnhanced(facts.enhanced, code) ?? parseEnhanced(facts.text, code);
    const reply = prepare(facts, code, enhanced);
    const { group, phase, command, text, mx, isOwnNamed } = reply;
    const key = `${group} ${phase} ${command} ${code} ${enhanced} ${isOwnNamed} ${mx} ${text}`;
    let rule = decided.get(key);
    if (rule === undefined) {
      const codeClass = code === null ? 0 : Math.floor(code / 100);
      reply.trigrams = trigramsOf(text);
      const found = candidatesFor(reply, codeClass).find(({ matches }) => matches(reply));
      rule = found?.rule ?? null;
      if (decided.size >= DECIDED_MAX) decided.clear();
      decided.set(key, rule);
    }
    return resultOf(rule, code, enhanced);
  };
}

function prepare(facts: ReplyFacts, code: number | null, enhanced: string | null): PreparedReply {
  return {
    group: siteGroupOf(facts.site, facts.mx),
    phase: facts.phase,
    command: (facts.command ?? facts.phase).toUpperCase(),
    code,
    enhanced: enhanced === null ? null : splitEnhanced(enhanced),
    text: prepareText(facts.text),
    trigrams: NO_TRIGRAMS,
    mx: facts.mx?.toLowerCase().replace(/\.$/, '') ?? '',
    isOwnNamed:
      facts.own !== undefined && code !== null && code >= 400 && namesOwn(facts.text, facts.own),
  };
}

function resultOf(rule: Rule | null, code: number | null, enhanced: string | null): Classification {
  const category = rule?.category ?? 'unclassified';
  return {
    category,
    rule: rule?.id ?? 'none',
    scope: CATEGORY_SCOPES[category],
    permanence: rule?.permanence ?? permanenceOf(category, code),
    enhanced,
  };
}

function isSmtpCode(code: number | null): code is number {
  return code !== null && Number.isInteger(code) && code >= 200 && code <= 599;
}

function splitEnhanced(enhanced: string): [string, string, string] {
  const [a = '', b = '', c = ''] = enhanced.split('.');
  return [a, b, c];
}

/** A stranger may say a megabyte; what it means stands at the beginning. */
function cut(facts: ReplyFacts): ReplyFacts {
  return { ...facts, text: facts.text.slice(0, TEXT_MAX) };
}

/** Characters; the longest cited reply has a tenth of it. */
const TEXT_MAX = 4_000;

/** Until rules are asked: a text that was seen before needs none. */
const NO_TRIGRAMS: Trigrams = new Uint32Array(0);

/** Some hundred bytes each. Queue ids make texts differ for ever, so it is emptied when full. */
const DECIDED_MAX = 5000;

const classifier = createClassifier(RULES);

/**
 * `site`: the destination's domain. `command`: what was answered (`RCPT`), default by phase. `code`: null when there was
 * no reply. `enhanced`: if already parsed, else taken from `text`. `text`: all lines of the reply, codes left in or out.
 * `mx`: host that answered. `own`: our addresses and names.
 */
export type ReplyFacts = {
  site: string;
  phase: Phase;
  command?: string | null;
  code: number | null;
  enhanced?: string | null;
  text: string;
  mx?: string | null;
  own?: readonly string[];
};

/** `rule`: the id of the rule that decided, or `none`. `enhanced`: as given or found, null if it contradicts the code. */
export type Classification = {
  category: Category;
  rule: string;
  scope: Scope;
  permanence: Permanence;
  enhanced: string | null;
};
