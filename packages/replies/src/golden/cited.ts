/** Replies that providers or postmasters' handbooks publish, each group with the page where it was read (November 2026). */
import type { GoldenCase } from './documented.ts';

export const CITED: readonly { cite: string; cases: readonly GoldenCase[] }[] = [
  {
    cite: 'https://support.google.com/a/answer/3726730',
    cases: [
      [
        'gmail.com',
        'ehlo',
        '421 4.3.0 Temporary System Problem. Try again later',
        'server-temporary',
      ],
      ['gmail.com', 'rcpt', '421 4.4.5 Server busy, try again later.', 'server-temporary'],
      ['gmail.com', 'mail', '421 4.7.0 TLS required for RCPT domain, closing connection.', 'auth'],
      [
        'gmail.com',
        'rcpt',
        '450 4.2.1 The user you are trying to contact is receiving mail too quickly. Please resend your message at a later time.',
        'recipient-rate',
      ],
      [
        'gmail.com',
        'dot',
        '451 4.3.0 Mail server temporarily rejected message.',
        'server-temporary',
      ],
      ['gmail.com', 'rcpt', '451 4.4.2 Timeout - closing connection.', 'server-temporary'],
      [
        'gmail.com',
        'rcpt',
        '452 4.2.2 The email account that you tried to reach is over quota.',
        'mailbox-full',
      ],
      [
        'gmail.com',
        'rcpt',
        '452 4.5.3 Domain policy size per transaction exceeded, please try this recipient in a separate transaction.',
        'recipient-limit',
      ],
      ['gmail.com', 'rcpt', '452 4.5.3 Your message has too many recipients.', 'recipient-limit'],
      [
        'gmail.com',
        'dot',
        '550 5.7.1 This message violates example.com email policy. - gcdp a1-2 - gsmtp',
        'recipient-filter',
      ],
      [
        'gmail.com',
        'dot',
        '550-5.7.25 [192.0.2.1] The IP address sending this message does not have a PTR record setup',
        'auth',
      ],
    ],
  },
  {
    cite: 'https://smtpfieldmanual.com/provider/google',
    cases: [
      [
        'gmail.com',
        'dot',
        '421 4.7.0 [192.0.2.1] Our system has detected that this message is suspicious due to the very low reputation of the sending domain.',
        'reputation',
      ],
      [
        'gmail.com',
        'dot',
        '421 4.7.0 [192.0.2.1] Our system has detected that this message is suspicious due to the nature of the content and/or the links within.',
        'spam-content',
      ],
      [
        'gmail.com',
        'dot',
        '421 4.7.28 [192.0.2.1] Our system has detected an unusual rate of unsolicited mail originating from your IP address.',
        'source-rate',
      ],
    ],
  },
  {
    cite: 'https://smtp.codes/yahoo',
    cases: [
      [
        'yahoo.com',
        'greeting',
        '421 Service not available, closing transmission channel',
        'server-temporary',
      ],
      [
        'yahoo.com',
        'mail',
        '421 Max message per connection reached, closing transmission channel',
        'session-limit',
      ],
      [
        'yahoo.com',
        'mail',
        '421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes',
        'reputation',
      ],
      ['yahoo.com', 'rcpt', '450 User is receiving mail too quickly', 'recipient-rate'],
      [
        'yahoo.com',
        'rcpt',
        '451 mta1.example Resources temporarily unavailable. Please try again later [#4.16.1].',
        'server-temporary',
      ],
      ['yahoo.com', 'dot', '451 4.3.2 Internal server error', 'server-temporary'],
    ],
  },
  {
    cite: 'https://smtp.codes/icloud',
    cases: [
      [
        'icloud.com',
        'rcpt',
        '421 4.7.1 Messages to x@icloud.com deferred due to excessive volume. Try again later - https://support.apple.com/en-us/HT204137',
        'recipient-rate',
      ],
      ['icloud.com', 'rcpt', '451 4.7.1 Service unavailable - try again later', 'server-temporary'],
      ['me.com', 'rcpt', '550 5.1.1 <x@me.com>: user does not exist', 'unknown-user'],
      [
        'icloud.com',
        'dot',
        '550 5.7.1 [CS01] Message rejected due to local policy. Please visit https://support.apple.com/en-us/HT204137',
        'reputation',
      ],
      [
        'icloud.com',
        'dot',
        '550 5.7.1 Your message was rejected due to example.com DMARC policy.',
        'auth',
      ],
      [
        'icloud.com',
        'dot',
        '550 5.7.1 Your email was rejected due to having a domain present in the Spamhaus DBL -- see https://www.spamhaus.org/dbl/',
        'reputation',
      ],
    ],
  },
  {
    cite: 'https://wordtothewise.com/2017/10/troubleshooting-and-codes',
    cases: [
      [
        'outlook.com',
        'mail',
        "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider since part of their network is on our block list (AS3150).",
        'reputation',
      ],
      [
        'example.com',
        'mail',
        '451 4.7.500 Server busy. Please try again later from [192.0.2.1]. (AS843)',
        'reputation',
        { mx: 'example-com.mail.protection.outlook.com' },
      ],
    ],
  },
  {
    cite: 'https://knowledge.broadcom.com/external/article/158195',
    cases: [
      [
        'hotmail.com',
        'mail',
        "550 SC-001 (COL0-MC4-F44) Unfortunately, messages from 192.0.2.1 weren't sent. Please contact your Internet service provider since part of their network is on our block list.",
        'reputation',
      ],
    ],
  },
  {
    cite: 'https://note.com/sendmagic/n/neb6bbe7e51cf',
    cases: [
      ['docomo.ne.jp', 'dot', '500 Line Too Long', 'format'],
      ['docomo.ne.jp', 'rcpt', '550 Unknown user xxx@docomo.ne.jp', 'unknown-user'],
      ['docomo.ne.jp', 'dot', '552 Too much mail data xxx@docomo.ne.jp', 'mailbox-full'],
    ],
  },
  {
    cite: 'https://sumari.jp/mail-error-message',
    cases: [
      ['example.jp', 'rcpt', '550 Unrouteable address', 'unknown-user'],
      ['example.jp', 'rcpt', '450 4.2.2 Mailbox full', 'mailbox-full'],
      ['example.jp', 'rcpt', '451 Temporarily unavailable -- please try later', 'server-temporary'],
      [
        'example.jp',
        'rcpt',
        '450 4.7.1 : Client host rejected: Greylisted for 5 minutes',
        'greylist',
      ],
      ['example.jp', 'rcpt', '511 sorry, no mailbox here by that name', 'unknown-user'],
      ['example.jp', 'rcpt', '550 5.1.1 unknown or illegal alias: xxxxx@xxxxx.xxx', 'unknown-user'],
      ['example.jp', 'dot', '550 rejecting spoofed message', 'auth'],
      ['example.jp', 'rcpt', '550 cuda nsu 5.1.1 : Recipient address rejected', 'unknown-user'],
    ],
  },
  {
    cite: 'https://help.arena.ne.jp/hc/ja/articles/360038694154',
    cases: [
      [
        'example.jp',
        'rcpt',
        '554 5.7.1 <x@example.jp>: Client host rejected: Access denied',
        'reputation',
      ],
      ['example.jp', 'rcpt', '550 5.1.1 <x@example.jp>... User unknown', 'unknown-user'],
    ],
  },
];
