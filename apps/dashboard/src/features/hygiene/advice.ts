/** What a tenant is told to do about its addresses, from its own counters; a code each, in order of weight. */

export type Advice =
  | 'cleaning-off'
  | 'held'
  | 'many-dead'
  | 'some-dead'
  | 'blocked'
  | 'throttled'
  | 'fine';

/** Hard bounces: providers frown at 2 %, and refuse at 5 %. */
export function adviceOf(of: {
  isCleaningOn: boolean;
  isCleaningEnforced: boolean;
  weight: number;
  rateMax: number | null;
  held: number;
  days: readonly { accepted: number; hardBounced: number; blocked: number }[];
}): Advice[] {
  const sum = (pick: (day: (typeof of.days)[number]) => number) =>
    of.days.reduce((total, day) => total + pick(day), 0);
  const hard = sum((day) => day.hardBounced);
  const blocked = sum((day) => day.blocked);
  const all = sum((day) => day.accepted) + hard + blocked;
  const advice: Advice[] = [];
  if (of.held > 0) advice.push('held');
  if (!of.isCleaningOn && !of.isCleaningEnforced && hard > 0) advice.push('cleaning-off');
  if (all >= LEAST && hard / all >= 0.05) advice.push('many-dead');
  else if (all >= LEAST && hard / all >= 0.02) advice.push('some-dead');
  if (all >= LEAST && blocked / all >= 0.01) advice.push('blocked');
  if (of.weight < 1 || of.rateMax !== null) advice.push('throttled');
  return advice.length > 0 ? advice : ['fine'];
}

/** Below so many answers a share says nothing. */
const LEAST = 50;
