/**
 * Refuses rules that cannot be right: no proof, conditions that contradict each other, or an earlier rule that takes
 * every example away. Run as a test and before rules of staff are stored.
 */

import type { Phase } from './categories.ts';
import { createClassifier, type ReplyFacts } from './classify.ts';
import { couldMatch } from './compile.ts';
import { type Example, type Rule, TIERS } from './rule.ts';
import { SITE_GROUPS } from './sites.ts';

/** All faults of a set of rules; empty when it is good. */
export function validateRules(rules: readonly Rule[]): RuleFault[] {
  const classify = createClassifier(rules);
  const faults: RuleFault[] = [];
  const seen = new Set<string>();
  for (const rule of rules) {
    const fault = (code: RuleFaultCode, detail = ''): void => {
      faults.push({ rule: rule.id, code, detail });
    };
    if (seen.has(rule.id)) fault('rule-id-taken');
    seen.add(rule.id);
    if (rule.reason.trim() === '') fault('rule-without-reason');
    if (rule.examples.length === 0) fault('rule-without-example');
    for (const phrase of rule.text ?? [])
      if (phrase !== phrase.toLowerCase().trim() || phrase === '') fault('rule-bad-phrase', phrase);
    if (rule.pattern?.global || rule.pattern?.sticky) fault('rule-stateful-pattern');
    if (!canMatch(rule)) fault('rule-cannot-match');
    const shadow = rules.find((other) => isShadowing(other, rule, rules));
    if (shadow) fault('rule-shadowed', shadow.id);
    for (const example of rule.examples) {
      const decided = classify(factsOf(example)).rule;
      if (decided !== rule.id)
        fault('rule-example-decided-elsewhere', `${example.reply} → ${decided}`);
    }
  }
  return faults;
}

/** An example as facts: `550 5.1.1 text` is split into code and text; without a code it is a lost reply. */
export function factsOf(example: Example): ReplyFacts {
  const match = /^(\d{3})(?:[- ]|$)/.exec(example.reply);
  return {
    site: example.site ?? 'example.com',
    phase: example.phase ?? 'rcpt',
    code: match === null ? null : Number(match[1]),
    text: match === null ? example.reply : example.reply.slice(match[0].length),
    mx: example.mx,
    own: example.own,
  };
}

function canMatch(rule: Rule): boolean {
  const phases: readonly Phase[] = rule.phase ?? ['rcpt'];
  const groups = [null, ...SITE_GROUPS.map(({ group }) => group)];
  return groups.some((group) =>
    phases.some((phase) => [0, 2, 3, 4, 5].some((digit) => couldMatch(rule, phase, digit, group))),
  );
}

/** True when `earlier` is asked first and each of its conditions is absent or includes the one of `later`. */
function isShadowing(earlier: Rule, later: Rule, rules: readonly Rule[]): boolean {
  if (earlier === later) return false;
  const order = TIERS.indexOf(earlier.tier) - TIERS.indexOf(later.tier);
  if (order > 0 || (order === 0 && rules.indexOf(earlier) > rules.indexOf(later))) return false;
  if (earlier.isOwn && !later.isOwn) return false;
  if (earlier.pattern !== undefined && earlier.pattern.source !== later.pattern?.source)
    return false;
  if (earlier.site !== undefined && earlier.site !== later.site) return false;
  return (
    includes(earlier.phase, later.phase) &&
    includes(earlier.command, later.command) &&
    includes(earlier.code, later.code, isCodeIn) &&
    includes(earlier.enhanced, later.enhanced, isEnhancedIn) &&
    includes(earlier.mx, later.mx, (wide, narrow) => narrow.endsWith(wide)) &&
    includes(
      earlier.text,
      later.text,
      (wide, narrow) => !wide.includes('*') && narrow.includes(wide),
    )
  );
}

function includes(
  wide: readonly string[] | undefined,
  narrow: readonly string[] | undefined,
  isIn: (wide: string, narrow: string) => boolean = (a, b) => a === b,
): boolean {
  if (wide === undefined) return true;
  return narrow?.every((n) => wide.some((w) => isIn(w, n))) ?? false;
}

function isCodeIn(wide: string, narrow: string): boolean {
  return wide === narrow || (wide.endsWith('xx') && wide[0] === narrow[0]);
}

function isEnhancedIn(wide: string, narrow: string): boolean {
  const narrowParts = narrow.split('.');
  return wide
    .split('.')
    .every((part, at) => part === narrowParts[at] || part === '*' || (at === 0 && part === 'x'));
}

export type RuleFaultCode =
  | 'rule-id-taken'
  | 'rule-without-reason'
  | 'rule-without-example'
  | 'rule-bad-phrase'
  | 'rule-stateful-pattern'
  | 'rule-cannot-match'
  | 'rule-shadowed'
  | 'rule-example-decided-elsewhere';

export type RuleFault = { rule: string; code: RuleFaultCode; detail: string };
