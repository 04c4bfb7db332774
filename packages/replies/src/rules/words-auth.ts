/** Words about authentication, the sender's address, TLS and relaying. They never speak of the recipient's mailbox. */
import type { Rule } from '../rule.ts';

const ERRORS = ['4xx', '5xx'] as const;

export const WORDS_AUTH: readonly Rule[] = [
  {
    id: 'words-relay',
    tier: 'words',
    code: ERRORS,
    text: [
      'relaying denied',
      'relay access denied',
      'relay denied',
      'relaying not allowed',
      'relay not permitted',
      'relaying is prohibited',
      'not permitted to relay',
      'unable to relay',
      'do not relay',
      'not a relay',
      'relaying prohibited',
      'allowed rcpthosts',
      'authentication required',
      'authentication is required',
      'smtp auth required',
      'must authenticate',
      'requires authentication',
      'turn on smtp authentication',
      'not configured to relay',
    ],
    category: 'relay',
    reason:
      'This host does not take mail for the domain: MX or route is wrong, the mailbox may be fine.',
    examples: [
      { reply: '554 5.7.1 <x@example.com>: Relay access denied' },
      { reply: "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)" },
      { reply: '530 5.7.0 Authentication required', phase: 'mail' },
    ],
  },
  {
    id: 'words-auth',
    tier: 'words',
    code: ERRORS,
    pattern:
      /\bspf\b|\bdkim\b|\bdmarc\b|sender policy framework|unauthenticated|required authentication|authentication (check|level|fail)|not authenticated|\bspoof|\banti-?spoof|mismatches client ip/,
    category: 'auth',
    reason: 'SPF, DKIM or DMARC of the sending domain: the tenant’s DNS needs work.',
    cite: 'RFC 7489, RFC 7372',
    examples: [
      {
        reply:
          "550 5.7.26 Unauthenticated email from example.jp is not accepted due to domain's DMARC policy.",
        phase: 'dot',
      },
      { reply: '550 5.7.1 SPF check failed', phase: 'mail' },
    ],
  },
  {
    id: 'words-reverse-dns',
    tier: 'words',
    code: ERRORS,
    text: [
      'reverse dns',
      'rdns',
      'ptr record',
      'no ptr',
      'dns ptr',
      'reverse lookup',
      'name lookup failed',
      'reverse hostname',
      'reverse mapping',
      'cannot find your hostname',
      'cannot find your reverse hostname',
      'helo command rejected',
      'invalid helo',
      'bad helo',
      'ehlo name',
      'does not resolve to your ip',
    ],
    category: 'auth',
    reason: 'PTR or EHLO name of our source; no recipient is at fault.',
    cite: 'https://www.postfix.org/postconf.5.html#reject_unknown_client_hostname',
    examples: [
      { reply: '450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.1]' },
      { reply: '550 5.7.1 Helo command rejected: Host not found' },
    ],
  },
  {
    id: 'words-tls',
    tier: 'words',
    code: ERRORS,
    text: [
      'starttls',
      'tls required',
      'tls is required',
      'requires tls',
      'encryption required',
      'must use tls',
    ],
    category: 'auth',
    reason: 'The server wants TLS before it takes mail.',
    cite: 'RFC 3207 §4',
    examples: [{ reply: '530 5.7.0 Must issue a STARTTLS command first', phase: 'mail' }],
  },
  {
    id: 'words-sender',
    tier: 'words',
    code: ERRORS,
    pattern:
      /sender address rejected|sender address (is )?(invalid|verification)|sender verif|invalid sender|unresolvable sender|unknown sender|sender domain|domain of sender|sender rejected|sender denied|return path|bad sender|envelope sender|from address (is )?(invalid|not)|from: domain is invalid|bad outbound sender|unroutable sender|unresolvable/,
    category: 'sender-bad',
    reason: 'Our envelope sender does not please; nothing is said about the mailbox.',
    cite: 'https://www.postfix.org/postconf.5.html#reject_unknown_sender_domain',
    examples: [
      { reply: '450 4.1.8 <b@example.jp>: Sender address rejected: Domain not found' },
      { reply: '550 5.1.0 Sender verify failed', phase: 'rcpt' },
    ],
  },
];
