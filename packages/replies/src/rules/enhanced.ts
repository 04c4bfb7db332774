/** Enhanced status codes (IANA registry; RFC 3463, 5248, 7372, 7505). Specific ones beat words about the user. */
import type { Category, Phase } from '../categories.ts';
import type { Rule, Tier } from '../rule.ts';

type Row = readonly [
  id: string,
  enhanced: readonly string[],
  category: Category,
  reason: string,
  reply: string,
  phase?: readonly Phase[],
];

const SPECIFIC: readonly Row[] = [
  [
    'restricted-recipient',
    ['x.7.124', 'x.7.129', 'x.7.133', 'x.7.134', 'x.7.136'],
    'recipient-filter',
    'Exchange: only chosen senders may write to this recipient.',
    '550 5.7.129 Refused',
  ],
  [
    'null-mx',
    ['x.1.10'],
    'domain-bad',
    'RFC 7505: the domain takes no mail.',
    '556 5.1.10 Recipient address has null MX',
  ],
  [
    'too-many-recipients',
    ['x.5.3'],
    'recipient-limit',
    'RFC 3463 X.5.3.',
    '452 4.5.3 Enough for now',
  ],
  [
    'authentication',
    ['x.7.20', 'x.7.21', 'x.7.22', 'x.7.23', 'x.7.24', 'x.7.25', 'x.7.26', 'x.7.29', 'x.7.30'],
    'auth',
    'RFC 7372 and its successors: DKIM, SPF, PTR, several checks, ARC, TLS.',
    '550 5.7.26 Rejected',
    ['mail', 'rcpt', 'data', 'dot'],
  ],
  [
    'sender-null-mx',
    ['x.7.27'],
    'sender-bad',
    'RFC 7505: our sender domain has a null MX.',
    '550 5.7.27 Refused',
  ],
  ['flood', ['x.7.28'], 'source-rate', 'IANA X.7.28, mail flood detected.', '421 4.7.28 Wait'],
  [
    'recipient-hourly',
    ['x.2.121', 'x.2.122'],
    'recipient-rate',
    'Exchange Online: the mailbox got too much this hour.',
    '550 5.2.122 Refused',
  ],
];

/** A code about the recipient's address means the sender's when MAIL is answered so. */
const NAMED = ['rcpt', 'data', 'dot'] as const;

const GENERIC: readonly Row[] = [
  ['no-mailbox', ['x.1.1'], 'unknown-user', 'RFC 3463 X.1.1.', '550 5.1.1 Refused', NAMED],
  ['no-system', ['x.1.2'], 'domain-bad', 'RFC 3463 X.1.2.', '550 5.1.2 Refused', NAMED],
  [
    'bad-syntax',
    ['x.1.3', 'x.1.4'],
    'bad-address',
    'RFC 3463 X.1.3, X.1.4.',
    '501 5.1.3 Refused',
    NAMED,
  ],
  [
    'moved',
    ['x.1.6', 'x.7.17'],
    'moved',
    'RFC 3463 X.1.6; RFC 7293: the owner has changed.',
    '550 5.1.6 Refused',
    NAMED,
  ],
  [
    'sender-address',
    ['x.1.7', 'x.1.8'],
    'sender-bad',
    'RFC 3463 X.1.7, X.1.8.',
    '550 5.1.8 Refused',
    ['mail', 'rcpt', 'data', 'dot'],
  ],
  [
    'disabled',
    ['5.2.1', '5.7.13'],
    'inactive',
    'RFC 3463 X.2.1; RFC 5248 X.7.13.',
    '550 5.2.1 Refused',
    NAMED,
  ],
  ['full', ['x.2.2'], 'mailbox-full', 'RFC 3463 X.2.2.', '552 5.2.2 Refused', NAMED],
  [
    'too-long',
    ['x.2.3', 'x.3.4'],
    'too-big',
    'RFC 3463 X.2.3, X.3.4.',
    '552 5.3.4 Refused',
    ['mail', 'rcpt', 'data', 'dot'],
  ],
  [
    'system',
    ['4.3.0', '4.3.1', '4.3.2', '5.3.1', '5.3.2'],
    'server-temporary',
    'RFC 3463 X.3.x: the system, for now.',
    '451 4.3.0 Refused',
  ],
  [
    'system-config',
    ['x.2.4', '5.3.0', 'x.3.5', 'x.4.3', 'x.4.4', 'x.4.6'],
    'server-config',
    'RFC 3463: configuration, directory, routing, loop.',
    '550 5.3.5 Refused',
  ],
  [
    'congestion',
    ['x.4.1', 'x.4.2', 'x.4.5', 'x.4.7'],
    'server-temporary',
    'RFC 3463 X.4.x: network and congestion.',
    '451 4.4.5 Refused',
  ],
  [
    'protocol',
    ['x.3.3', 'x.5.1', 'x.5.2', 'x.5.4', 'x.5.5'],
    'protocol',
    'RFC 3463 X.5.x.',
    '503 5.5.1 Refused',
    ['ehlo', 'starttls', 'mail', 'rcpt', 'data', 'dot'],
  ],
  [
    'media',
    ['x.6.*'],
    'format',
    'RFC 3463 X.6.x: the content cannot be carried.',
    '554 5.6.0 Refused',
    ['mail', 'rcpt', 'data', 'dot'],
  ],
  ['list-restricted', ['x.7.2'], 'recipient-filter', 'RFC 3463 X.7.2.', '550 5.7.2 Refused'],
  ['domain-owner', ['x.7.18'], 'domain-bad', 'RFC 7293 X.7.18.', '550 5.7.18 Refused'],
  [
    'encryption',
    ['x.7.10', 'x.7.11'],
    'auth',
    'RFC 5248: encryption needed.',
    '523 5.7.10 Refused',
    ['mail', 'rcpt'],
  ],
  [
    'credentials',
    ['x.7.8', 'x.7.9'],
    'relay',
    'RFC 4954: this is a submission server.',
    '535 5.7.8 Refused',
    ['mail', 'rcpt'],
  ],
  [
    'refused-message',
    ['5.7.0', '5.7.1'],
    'spam-content',
    'Policy, with the message known.',
    '550 5.7.1 Refused',
    ['data', 'dot'],
  ],
  [
    'refused-recipient',
    ['5.7.0', '5.7.1'],
    'recipient-filter',
    'Policy for this recipient; peers that clean here lose good people.',
    '550 5.7.1 Refused',
    ['rcpt'],
  ],
  [
    'refused-source',
    ['x.7.0', 'x.7.1'],
    'reputation',
    'Policy, before any recipient was named.',
    '554 5.7.1 Refused',
    ['greeting', 'ehlo', 'mail'],
  ],
];

function toRule(tier: Tier, [id, enhanced, category, reason, reply, phase]: Row): Rule {
  return {
    id: `enhanced-${id}`,
    tier,
    ...(phase ? { phase } : {}),
    enhanced,
    category,
    reason,
    cite: 'https://www.iana.org/assignments/smtp-enhanced-status-codes/',
    examples: [{ reply, phase: phase?.at(-1) ?? 'rcpt' }],
  };
}

export const ENHANCED_SPECIFIC: readonly Rule[] = [
  {
    id: 'enhanced-exchange-not-found',
    tier: 'enhanced-specific',
    enhanced: ['x.1.10'],
    text: [
      'recipientnotfound',
      'recipnotfound',
      'recipient not found',
      'not found by smtp address',
    ],
    category: 'unknown-user',
    reason: 'Exchange uses 5.1.10 for a recipient that it does not find, not for a null MX.',
    cite: 'https://learn.microsoft.com/exchange/mail-flow/non-delivery-reports-in-exchange-server',
    examples: [
      { reply: '550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found by SMTP address lookup' },
    ],
  },
  ...SPECIFIC.map((row) => toRule('enhanced-specific', row)),
];
export const ENHANCED_GENERIC: readonly Rule[] = GENERIC.map((row) =>
  toRule('enhanced-generic', row),
);
