/** Replies and what they mean, as the knowledge of this project states them. Every row is a decision, not a guess. */
import type { Category, Phase } from '../categories.ts';

/** [site, phase, reply, category, and where it differs from the defaults: mx, own] */
export const DOCUMENTED: readonly GoldenCase[] = [
  [
    'gmail.com',
    'rcpt',
    '550-5.1.1 The email account that you tried to reach does not exist',
    'unknown-user',
  ],
  [
    'gmail.com',
    'rcpt',
    '550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered',
    'recipient-rate',
  ],
  ['gmail.com', 'rcpt', "452 4.2.2 The recipient's inbox is out of storage space", 'mailbox-full'],
  [
    'gmail.com',
    'dot',
    '421 4.7.28 Our system has detected an unusual rate of unsolicited mail',
    'source-rate',
  ],
  [
    'gmail.com',
    'dot',
    '421 4.7.28 This message exceeded its quota for sending messages with the same Message-ID',
    'source-rate',
  ],
  [
    'gmail.com',
    'dot',
    "550 5.7.26 Unauthenticated email is not accepted due to the domain's DMARC policy",
    'auth',
  ],
  [
    'outlook.com',
    'mail',
    '550 5.7.1 Messages were not sent; part of the network is on our block list (S3150)',
    'reputation',
  ],
  [
    'outlook.com',
    'mail',
    '451 4.7.650 The mail server has been temporarily rate limited due to IP reputation',
    'reputation',
  ],
  [
    'outlook.com',
    'rcpt',
    '550 5.5.0 Requested action not taken: mailbox unavailable',
    'unknown-user',
  ],
  [
    'outlook.com',
    'dot',
    '550 5.7.515 Access denied, the domain does not meet the required authentication level',
    'auth',
  ],
  [
    'yahoo.com',
    'mail',
    '421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred',
    'reputation',
  ],
  [
    'yahoo.com',
    'dot',
    '554 30 Sorry, your message to x@yahoo.com cannot be delivered. This mailbox is disabled (554.30)',
    'inactive',
  ],
  ['yahoo.com', 'mail', '421 Max message per connection reached', 'session-limit'],
  ['icloud.com', 'rcpt', '552 5.2.2 user is over quota', 'mailbox-full'],
  ['docomo.ne.jp', 'rcpt', '550 Unknown user x', 'unknown-user'],
  ['docomo.ne.jp', 'dot', '550 Unknown user x', 'recipient-filter'],
  ['docomo.ne.jp', 'rcpt', '552 Too much mail data', 'mailbox-full'],
  ['docomo.ne.jp', 'rcpt', '552 Too many recipients', 'recipient-limit'],
  ['docomo.ne.jp', 'rcpt', '554 Transaction failed', 'recipient-limit'],
  ['ezweb.ne.jp', 'rcpt', '550 <x>: User unknown', 'unknown-user'],
  ['au.com', 'rcpt', '550 <x@au.com>: User unknown', 'unknown-user'],
  ['ezweb.ne.jp', 'dot', '550 : User unknown', 'recipient-filter'],
  ['softbank.ne.jp', 'rcpt', '550 Invalid recipient: <x>', 'unknown-user'],
  ['example.com', 'rcpt', '452 4.5.3 Error: too many recipients', 'recipient-limit'],
  [
    'example.com',
    'rcpt',
    '554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org',
    'reputation',
  ],
  [
    'example.com',
    'rcpt',
    '550 5.2.1 Mailbox unavailable. Your IP address is blacklisted',
    'reputation',
  ],
  ['example.com', 'rcpt', '550 Too many invalid recipients', 'reputation'],
  [
    'example.com',
    'rcpt',
    '550 permanent failure for one or more recipients (x:blocked)',
    'reputation',
  ],
  [
    'example.com',
    'dot',
    '550 permanent failure for one or more recipients (x@example.com:blocked)',
    'reputation',
  ],
  ['example.com', 'rcpt', '451 4.7.1 Greylisting in action, please come back later', 'greylist'],
  ['example.com', 'rcpt', '556 5.1.10 Recipient address has null MX', 'domain-bad'],
];

/** Cases that a hasty rule gets wrong: help pages, addresses that look like words, our own name, class mismatches. */
export const TRAPS: readonly GoldenCase[] = [
  [
    'example.com',
    'rcpt',
    '550 5.1.1 <spam@example.com>: Recipient address rejected: User unknown',
    'unknown-user',
  ],
  ['example.com', 'rcpt', '550 5.1.1 <blocked@example.com> User unknown', 'unknown-user'],
  [
    'gmail.com',
    'rcpt',
    '550 5.1.1 The email account that you tried to reach does not exist. Learn more at https://support.google.com/mail/?p=NoSuchUser&why=blocked-spam',
    'unknown-user',
  ],
  [
    'example.com',
    'rcpt',
    '550 5.1.1 Rejected, see https://www.spamhaus.org/query/ip/192.0.2.1',
    'reputation',
  ],
  [
    'example.com',
    'rcpt',
    '550 5.1.1 User unknown (client 192.0.2.10)',
    'unknown-user',
    { own: ['192.0.2.1'] },
  ],
  [
    'example.com',
    'rcpt',
    '550 5.1.1 No mail for 192.0.2.1 here',
    'reputation',
    { own: ['192.0.2.1'] },
  ],
  [
    'example.com',
    'rcpt',
    '450 4.1.8 <b@hikyaku.example>: Sender address rejected: Domain not found',
    'sender-bad',
  ],
  ['example.com', 'rcpt', '554 5.7.1 <x@example.com>: Relay access denied', 'relay'],
  ['example.com', 'rcpt', '550 5.7.1 Mailbox is blocked', 'inactive'],
  ['example.com', 'rcpt', '550 Something that nobody has seen before', 'unclassified'],
  ['example.com', 'rcpt', '550', 'unclassified'],
  ['example.com', 'greeting', '554 5.7.1 No mail today', 'reputation'],
  ['example.com', 'greeting', '554 mx.example.com', 'server-temporary'],
  ['example.com', 'dot', '550 5.1.1 User unknown', 'unknown-user'],
  ['example.com', 'rcpt', '450 5.1.1 Try later', 'server-temporary'],
  ['yahoo.co.jp', 'rcpt', "550 This user doesn't have an account", 'unknown-user'],
  [
    'example.co.jp',
    'rcpt',
    '550 5.4.1 Recipient address rejected: Access denied',
    'unknown-user',
    { mx: 'example-co-jp.mail.protection.outlook.com.' },
  ],
];

export type GoldenCase = readonly [
  site: string,
  phase: Phase,
  reply: string,
  category: Category,
  more?: { mx?: string; own?: readonly string[] },
];
