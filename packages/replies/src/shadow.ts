/** Whether a rule can never win because one that is asked before it takes every reply that it would take. */
import { PHASES } from './categories.ts';
import { type Rule, TIERS } from './rule.ts';

/** True when `earlier` is asked first and each of its conditions is absent or includes the one of `later`. */
export function isShadowing(earlier: Rule, later: Rule, rules: readonly Rule[]): boolean {
  if (earlier === later) return false;
  const order = TIERS.indexOf(earlier.tier) - TIERS.indexOf(later.tier);
  if (order > 0 || (order === 0 && rules.indexOf(earlier) > rules.indexOf(later))) return false;
  if (earlier.isOwn && !later.isOwn) return false;
  if (earlier.site !== undefined && earlier.site !== later.site) return false;
  return (
    includes(earlier.phase, later.phase ?? PHASES) &&
    includes(earlier.command, later.command) &&
    includes(earlier.code, later.code, isCodeIn) &&
    includes(earlier.enhanced, later.enhanced, isEnhancedIn) &&
    includes(earlier.mx, later.mx, (wide, narrow) => narrow.endsWith(wide)) &&
    coversText(earlier, later)
  );
}

/** Words of the one within words of the other; a pattern only by its like, or where it finds every phrase of the other. */
function coversText(earlier: Rule, later: Rule): boolean {
  const isWithin = (wide: string, narrow: string): boolean =>
    !wide.includes('*') && narrow.split('*').some((part) => part.includes(wide));
  if (!includes(earlier.text, later.text, isWithin)) return false;
  const { pattern } = earlier;
  if (pattern === undefined || pattern.source === later.pattern?.source) return true;
  // Alone and with letters around it: then no word boundary or anchor saves the later one.
  return (
    later.text?.every(
      (phrase) => !phrase.includes('*') && pattern.test(phrase) && pattern.test(`a${phrase}a`),
    ) ?? false
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
