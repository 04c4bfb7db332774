/** Google and Microsoft, free mail and hosted domains: what their own documents and their replies say. */
import type { Rule } from '../rule.ts';

const GOOGLE = 'https://support.google.com/a/answer/3726730';
const GOOGLE_BULK = 'https://support.google.com/a/answer/81126';
const MICROSOFT =
  'https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online';

export const GOOGLE_MICROSOFT: readonly Rule[] = [
  {
    id: 'gmail-recipient-rate',
    tier: 'site',
    site: 'gmail',
    enhanced: ['x.2.1'],
    text: ['at a rate that', 'too quickly'],
    category: 'recipient-rate',
    reason: 'A good mailbox that gets too much at once; its 550 is false and must never clean.',
    cite: GOOGLE,
    examples: [
      {
        reply:
          '550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered.',
        site: 'gmail.com',
      },
      {
        reply: '450 4.2.1 The user you are trying to contact is receiving mail too quickly.',
        site: 'gmail.com',
      },
    ],
  },
  {
    id: 'gmail-disabled',
    tier: 'site',
    site: 'gmail',
    enhanced: ['x.2.1'],
    text: ['is disabled', 'is inactive'],
    category: 'inactive',
    reason: 'The account exists no more for mail.',
    cite: GOOGLE,
    examples: [
      {
        reply: '550 5.2.1 The email account that you tried to reach is disabled.',
        site: 'gmail.com',
      },
    ],
  },
  {
    id: 'gmail-same-message-id',
    tier: 'site',
    site: 'gmail',
    text: ['same message-id'],
    category: 'source-rate',
    reason: 'Many recipients of one Message-ID: bulk mode does not suit Gmail.',
    cite: GOOGLE_BULK,
    examples: [
      {
        reply:
          '421 4.7.28 Gmail has detected this message exceeded its quota for sending messages with the same Message-ID.',
        phase: 'dot',
        site: 'gmail.com',
      },
    ],
  },
  {
    id: 'gmail-unusual-rate',
    tier: 'site',
    site: 'gmail',
    enhanced: ['x.7.28'],
    category: 'source-rate',
    reason: 'Gmail limits the rate of this source or domain; slower mail passes.',
    cite: GOOGLE,
    examples: [
      {
        reply:
          '421 4.7.28 Our system has detected an unusual rate of unsolicited mail originating from your IP address.',
        phase: 'dot',
        site: 'gmail.com',
      },
    ],
  },
  {
    id: 'gmail-policy-of-domain',
    tier: 'site',
    site: 'gmail',
    text: ['email policy', 'gcdp'],
    category: 'recipient-filter',
    reason: 'A rule that the administrator of the receiving domain has made.',
    cite: GOOGLE,
    examples: [
      {
        reply: '550 5.7.1 This message violates example.com email policy. - gcdp a1-2 - gsmtp',
        phase: 'dot',
        site: 'example.com',
        mx: 'aspmx.l.google.com',
      },
    ],
  },
  {
    id: 'gmail-low-reputation',
    tier: 'site',
    site: 'gmail',
    text: ['low reputation'],
    category: 'reputation',
    reason: '"Likely suspicious due to the very low reputation": the sender, not the message.',
    cite: GOOGLE,
    examples: [
      {
        reply:
          '550 5.7.1 likely suspicious due to the very low reputation of the sending IP address.',
        phase: 'dot',
        site: 'gmail.com',
      },
    ],
  },
  {
    id: 'gmail-likely-unsolicited',
    tier: 'site',
    site: 'gmail',
    enhanced: ['x.7.1', 'x.7.0'],
    text: ['likely unsolicited', 'likely suspicious'],
    category: 'spam-content',
    reason: 'The verdict falls on the message, at the dot.',
    cite: GOOGLE,
    examples: [
      {
        reply:
          '550 5.7.1 [192.0.2.1 12] Our system has detected that this message is likely unsolicited mail.',
        phase: 'dot',
        site: 'gmail.com',
      },
    ],
  },
  {
    id: 'outlook-recipient-blocked',
    tier: 'site',
    site: 'outlook',
    enhanced: ['5.4.1'],
    text: ['access denied'],
    category: 'unknown-user',
    reason: 'Directory-based edge blocking: the tenant has no such recipient.',
    cite: MICROSOFT,
    examples: [
      {
        reply: '550 5.4.1 Recipient address rejected: Access denied. AS(201806281)',
        site: 'example.com',
        mx: 'example-com.mail.protection.outlook.com',
      },
    ],
  },
  {
    id: 'outlook-block-list',
    tier: 'site',
    site: 'outlook',
    pattern:
      /block list|\(a?s\d{3,4}\)|\b(rp|sc|dy|ou)-00\d|banned sending ip|traffic not accepted from this ip/,
    category: 'reputation',
    reason: 'Microsoft’s own list; codes such as S3150 and SC-001 name it.',
    cite: 'https://sendersupport.olc.protection.outlook.com/pm/troubleshooting',
    examples: [
      {
        reply:
          "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150).",
        phase: 'mail',
        site: 'outlook.com',
      },
      {
        reply:
          '421 RP-001 (BAY) The mail server IP connecting to Outlook.com has exceeded the rate limit allowed.',
        phase: 'greeting',
        site: 'hotmail.co.jp',
      },
      { reply: '550 5.7.606 Access denied, banned sending IP [192.0.2.1]', site: 'live.jp' },
      {
        reply: '451 4.7.500 Server busy. Please try again later from [192.0.2.1]. (AS843)',
        phase: 'mail',
        site: 'example.com',
        mx: 'example-com.mail.protection.outlook.com',
      },
    ],
  },
  {
    id: 'outlook-connections',
    tier: 'site',
    site: 'outlook',
    text: ['maximum number of connections'],
    category: 'connection-limit',
    reason: 'Fewer sessions help, whatever the code that goes with it.',
    cite: MICROSOFT,
    examples: [
      {
        reply:
          '451 4.7.652 The mail server [192.0.2.1] has exceeded the maximum number of connections.',
        phase: 'mail',
        site: 'outlook.com',
      },
    ],
  },
  {
    id: 'outlook-ip-reputation',
    tier: 'site',
    site: 'outlook',
    enhanced: ['x.7.650', 'x.7.651', 'x.7.652'],
    category: 'reputation',
    reason: 'The rate follows the reputation of the source.',
    cite: MICROSOFT,
    examples: [
      {
        reply:
          '451 4.7.650 The mail server [192.0.2.1] has been temporarily rate limited due to IP reputation.',
        phase: 'mail',
        site: 'outlook.com',
      },
    ],
  },
  {
    id: 'outlook-authentication-level',
    tier: 'site',
    site: 'outlook',
    enhanced: ['x.7.515', 'x.7.509'],
    category: 'auth',
    reason: 'SPF, DKIM and DMARC are asked of high-volume senders.',
    cite: MICROSOFT,
    examples: [
      {
        reply:
          '550 5.7.515 Access denied, sending domain example.jp does not meet the required authentication level.',
        phase: 'dot',
        site: 'outlook.com',
      },
    ],
  },
  {
    id: 'outlook-unknown-user',
    tier: 'site',
    site: 'outlook',
    phase: ['rcpt'],
    code: ['550'],
    enhanced: ['5.5.0'],
    text: ['mailbox unavailable'],
    category: 'unknown-user',
    reason:
      'Outlook.com’s words for a mailbox that does not exist, under a code that says nothing.',
    cite: 'https://sendersupport.olc.protection.outlook.com/pm/troubleshooting',
    examples: [
      { reply: '550 5.5.0 Requested action not taken: mailbox unavailable.', site: 'hotmail.com' },
    ],
  },
];
