/**
 * The categories of a reply, and what each means: whom it speaks of and whether it can pass. What then is done is the
 * failure policy's to say (packages/delivery). replies.md.
 */

/** Whether the same try may succeed later. Limits and rates pass, whatever class their code has. */
export function permanenceOf(category: Category, code: number | null): Permanence {
  if (category === 'unknown') return 'unknown';
  if (ALWAYS_TRANSIENT.has(category)) return 'transient';
  return isPermanentCode(code) ? 'permanent' : 'transient';
}

function isPermanentCode(code: number | null): boolean {
  return code !== null && code >= 500 && code <= 599;
}

/** Where in a session a reply came. */
export const PHASES = ['greeting', 'ehlo', 'starttls', 'mail', 'rcpt', 'data', 'dot'] as const;

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
export type Phase = (typeof PHASES)[number];
