/** Destination profiles: what is known of a site, from where, and for how long. */
export * from './habits.ts';
export * from './learn.ts';
export * from './profile.ts';
export * from './profile-of.ts';
export { RULE_BREAKERS, type RuleBreaker } from './rule-breakers.ts';
export { type ProfileFact, SEEDED_PROFILES, type SeededProfile } from './seeded.ts';
