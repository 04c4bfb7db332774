/**
 * Refuses rules that cannot be right: no proof, conditions that contradict each other or can never hold, a pattern that
 * may run away, or an earlier rule that takes every reply. Run as a test, and before rules of staff are stored.
 */

import { PHASES, type Phase } from './categories.ts';
import { createClassifier, type ReplyFacts } from './classify.ts';
import { couldMatch, prepareText } from './compile.ts';
import { catastropheOf } from './pattern-cost.ts';
import type { Example, Rule } from './rule.ts';
import { isShadowing } from './shadow.ts';
import { SITE_GROUPS } from './sites.ts';

/** All faults of a set of rules; empty when it is good. */
export function validateRules(rules: readonly Rule[]): RuleFault[] {
  const faults = rules.flatMap((rule, at) => formFaults(rule, rules.slice(0, at)));
  // A malformed rule would only make others look wrong.
  if (faults.length > 0) return faults;
  const classify = createClassifier(rules);
  for (const rule of rules) {
    const shadow = rules.find((other) => isShadowing(other, rule, rules));
    if (shadow) faults.push({ rule: rule.id, code: 'rule-shadowed', detail: shadow.id });
    for (const example of rule.examples) {
      const decided = classify(factsOf(example)).rule;
      if (decided !== rule.id)
        faults.push({
          rule: rule.id,
          code: 'rule-example-decided-elsewhere',
          detail: `${example.reply} → ${decided}`,
        });
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

/** What is wrong with a rule taken by itself, and with its name among those before it. */
function formFaults(rule: Rule, before: readonly Rule[]): RuleFault[] {
  const faults: RuleFault[] = [];
  const fault = (code: RuleFaultCode, detail = ''): void => {
    faults.push({ rule: rule.id, code, detail });
  };
  if (before.some(({ id }) => id === rule.id)) fault('rule-id-taken');
  if (rule.reason.trim() === '') fault('rule-without-reason');
  if (rule.examples.length === 0) fault('rule-without-example');
  for (const code of rule.code ?? [])
    if (!/^(none|[2-5](xx|\d\d))$/.test(code)) fault('rule-bad-code', code);
  for (const enhanced of rule.enhanced ?? [])
    if (!/^[245x]\.(\d{1,3}|\*)\.(\d{1,3}|\*)$/.test(enhanced)) fault('rule-bad-code', enhanced);
  for (const phrase of rule.text ?? []) if (!isPhrase(phrase)) fault('rule-bad-phrase', phrase);
  if (rule.pattern)
    patternFaults(rule.pattern).forEach(([code, detail]) => void fault(code, detail));
  if (!canMatch(rule)) fault('rule-cannot-match');
  return faults;
}

/** In the form that texts are brought into: lower case, one blank, no address or URL; and it says something. */
function isPhrase(phrase: string): boolean {
  return phrase === prepareText(phrase) && phrase.replace(/[* ]/g, '').length > 1;
}

function patternFaults(pattern: RegExp): [RuleFaultCode, string][] {
  const faults: [RuleFaultCode, string][] = [];
  if (pattern.global || pattern.sticky) faults.push(['rule-stateful-pattern', pattern.source]);
  // Texts are in lower case: a capital that is asked for is never found.
  const literals = pattern.source.replace(/\\[\s\S]/g, '');
  if (!pattern.ignoreCase && /[A-Z]/.test(literals)) faults.push(['rule-cannot-match', literals]);
  if (pattern.test('')) faults.push(['rule-empty-pattern', pattern.source]);
  const catastrophe = catastropheOf(pattern.source);
  if (catastrophe !== null) faults.push(['rule-catastrophic-pattern', catastrophe]);
  return faults;
}

function canMatch(rule: Rule): boolean {
  const lists = [rule.phase, rule.command, rule.code, rule.enhanced, rule.text, rule.mx];
  if (lists.some((list) => list?.length === 0)) return false;
  // Our own names are looked for in refusals alone.
  if (rule.isOwn && rule.code?.every((code) => !/^[45]/.test(code))) return false;
  const phases = (rule.phase ?? PHASES).filter((phase) => mayAnswer(phase, rule));
  const groups = [null, ...SITE_GROUPS.map(({ group }) => group)];
  return groups.some((group) =>
    phases.some((phase) => [0, 2, 3, 4, 5].some((digit) => couldMatch(rule, phase, digit, group))),
  );
}

/** Whether such a command is answered in that phase, and such a code to it (RFC 5321 §4.3.2: 3yz to DATA alone). */
function mayAnswer(phase: Phase, { command, code }: Rule): boolean {
  if (command && !command.some((name) => COMMANDS[phase].includes(name))) return false;
  return code === undefined || phase === 'data' || !code.every((wanted) => wanted[0] === '3');
}

const COMMANDS: Record<Phase, readonly string[]> = {
  greeting: ['GREETING'],
  ehlo: ['EHLO', 'HELO'],
  starttls: ['STARTTLS'],
  mail: ['MAIL', 'RSET'],
  rcpt: ['RCPT'],
  data: ['DATA'],
  dot: ['DOT', 'DATA'],
};

export type RuleFaultCode =
  | 'rule-id-taken'
  | 'rule-without-reason'
  | 'rule-without-example'
  | 'rule-bad-code'
  | 'rule-bad-phrase'
  | 'rule-stateful-pattern'
  | 'rule-empty-pattern'
  | 'rule-catastrophic-pattern'
  | 'rule-cannot-match'
  | 'rule-shadowed'
  | 'rule-example-decided-elsewhere';

export type RuleFault = { rule: string; code: RuleFaultCode; detail: string };
