/**
 * The categories of a reply, and what each means: whom it speaks of, whether it can pass, what to do about it.
 * Only RCPT-phase replies clean an address; a code that speaks of the sender never does. replies.md.
 */

/** What to do about a reply, by category, phase and code: the policy's hint, shown to people as well. */
export function actionOf(category: Category, phase: Phase, code: number | null): Action {
  if (CLEANING.has(category) && isPermanentCode(code)) return phase === 'rcpt' ? 'clean' : 'count';
  if (category === 'reputation' && isPermanentCode(code)) return 'quarantine';
  const action = ACTIONS[category];
  const isFinal = permanenceOf(category, code) === 'permanent';
  if (action === 'retry' && isFinal) return 'bounce';
  return action === 'bounce' && !isFinal ? 'retry' : action;
}

/** Whether the same try may succeed later. Limits and rates pass, whatever class their code has. */
export function permanenceOf(category: Category, code: number | null): Permanence {
  if (category === 'unknown') return 'unknown';
  if (ALWAYS_TRANSIENT.has(category)) return 'transient';
  return isPermanentCode(code) ? 'permanent' : 'transient';
}

function isPermanentCode(code: number | null): boolean {
  return code !== null && code >= 500 && code <= 599;
}

/** In the order in which reports list them. Catalogue keys: `category.<category>`. */
export const CATEGORIES = [
  'accepted',
  'unknown',
  'unknown-user',
  'inactive',
  'moved',
  'mailbox-full',
  'recipient-filter',
  'bad-address',
  'domain-bad',
  'recipient-rate',
  'source-rate',
  'connection-limit',
  'session-limit',
  'recipient-limit',
  'greylist',
  'reputation',
  'spam-content',
  'auth',
  'sender-bad',
  'too-big',
  'format',
  'relay',
  'server-temporary',
  'server-config',
  'protocol',
  'network',
  'unclassified',
] as const;

export const CATEGORY_SCOPES: Record<Category, Scope> = {
  accepted: 'recipient',
  unknown: 'recipient',
  'unknown-user': 'recipient',
  inactive: 'recipient',
  moved: 'recipient',
  'mailbox-full': 'recipient',
  'recipient-filter': 'recipient',
  'bad-address': 'recipient',
  'domain-bad': 'site',
  'recipient-rate': 'recipient',
  'source-rate': 'site',
  'connection-limit': 'site',
  'session-limit': 'session',
  'recipient-limit': 'session',
  greylist: 'recipient',
  reputation: 'site',
  'spam-content': 'message',
  auth: 'message',
  'sender-bad': 'message',
  'too-big': 'message',
  format: 'message',
  relay: 'site',
  'server-temporary': 'site',
  'server-config': 'site',
  protocol: 'session',
  network: 'session',
  unclassified: 'recipient',
};

const ACTIONS: Record<Category, Action> = {
  accepted: 'accept',
  unknown: 'list-unknown',
  'unknown-user': 'retry',
  inactive: 'retry',
  moved: 'retry',
  'mailbox-full': 'count',
  'recipient-filter': 'count',
  'bad-address': 'bounce',
  'domain-bad': 'bounce',
  'recipient-rate': 'retry',
  'source-rate': 'slow-down',
  'connection-limit': 'lower-limit',
  'session-limit': 'lower-limit',
  'recipient-limit': 'lower-limit',
  greylist: 'retry-after-delay',
  reputation: 'back-off',
  'spam-content': 'stop-campaign-at-site',
  auth: 'alarm-tenant',
  'sender-bad': 'alarm-tenant',
  'too-big': 'bounce',
  format: 'bounce',
  relay: 'bounce',
  'server-temporary': 'retry',
  'server-config': 'retry',
  protocol: 'retry',
  network: 'retry',
  unclassified: 'count',
};

const CLEANING: ReadonlySet<Category> = new Set(['unknown-user', 'inactive', 'moved']);

const ALWAYS_TRANSIENT: ReadonlySet<Category> = new Set([
  'recipient-rate',
  'source-rate',
  'connection-limit',
  'session-limit',
  'recipient-limit',
  'greylist',
  'server-temporary',
  // Out of step with the server: a verdict that was meant for another command must bounce nobody.
  'protocol',
  'network',
]);

export type Category = (typeof CATEGORIES)[number];
export type Scope = 'session' | 'site' | 'message' | 'recipient';
export type Permanence = 'transient' | 'permanent' | 'unknown';
export type Phase = 'greeting' | 'ehlo' | 'starttls' | 'mail' | 'rcpt' | 'data' | 'dot';

/** `clean`: on evidence, see audience's rule. `count`: never clean on this alone. `quarantine`: back off, keep, look. */
export type Action =
  | 'accept'
  | 'list-unknown'
  | 'clean'
  | 'count'
  | 'bounce'
  | 'retry'
  | 'retry-after-delay'
  | 'slow-down'
  | 'lower-limit'
  | 'back-off'
  | 'quarantine'
  | 'stop-campaign-at-site'
  | 'alarm-tenant';
