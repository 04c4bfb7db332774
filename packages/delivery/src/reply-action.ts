/**
 * What happens upon a reply, in one word: the first of a verdict's effects that concerns more than this delivery, else what
 * becomes of the delivery. For people, logs and the command line; the engine acts on the whole verdict. Stable: add, never rename.
 */
import type { Effect, Verdict } from './failure-policy.ts';

/** The one word for a verdict of `judge`. */
export function actionOf(verdict: Verdict): ReplyAction {
  if (verdict.disposition === 'accepted') return 'none';
  if (verdict.disposition === 'unknown') return 'list-unknown';
  for (const [effect, action] of EFFECT_ACTIONS)
    if (verdict.effects.includes(effect)) return action;
  if (verdict.disposition === 'bounced') return 'bounce';
  if (verdict.disposition === 'returned') return 'retry-site';
  if (verdict.retry === 'greylist') return 'retry-later';
  return 'retry';
}

/** In the order in which they are said. Fewer sessions follow upon many replies, and are said where nothing else is. */
const EFFECT_ACTIONS: readonly (readonly [Effect, ReplyAction])[] = [
  ['quarantine', 'quarantine'],
  ['clean-candidate', 'clean-candidate'],
  ['count-full', 'count-full'],
  ['stop-campaign-at-site', 'stop-campaign-at-site'],
  ['alarm-tenant', 'alarm-tenant'],
  ['back-off-site', 'back-off'],
  ['lower-rate', 'lower-rate'],
  ['lower-recipient-limit', 'lower-recipient-limit'],
  ['lower-session-limit', 'lower-session-limit'],
  ['lower-concurrency', 'lower-concurrency'],
];

/** Every word that `actionOf` may say; explained in packages/replies/README.md. */
export const REPLY_ACTIONS = [
  'none',
  'list-unknown',
  'quarantine',
  'clean-candidate',
  'count-full',
  'stop-campaign-at-site',
  'alarm-tenant',
  'back-off',
  'lower-rate',
  'lower-recipient-limit',
  'lower-session-limit',
  'lower-concurrency',
  'bounce',
  'retry-site',
  'retry-later',
  'retry',
] as const;

export type ReplyAction = (typeof REPLY_ACTIONS)[number];
