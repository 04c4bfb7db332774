/** Yahoo, with AOL, and Apple: what their own documents and their replies say. */
import type { Rule } from '../rule.ts';

const YAHOO = 'https://senders.yahooinc.com/smtp-error-codes/';

export const YAHOO_APPLE: readonly Rule[] = [
  {
    id: 'yahoo-session-limit',
    tier: 'site',
    site: 'yahoo',
    code: ['421'],
    text: ['max message per connection'],
    category: 'session-limit',
    reason: 'Twenty messages a session; the next one needs a new session, not a pause.',
    examples: [
      {
        reply: '421 Max message per connection reached, closing transmission channel',
        phase: 'mail',
        site: 'yahoo.com',
      },
    ],
  },
  {
    id: 'yahoo-sender-domain',
    tier: 'site',
    site: 'yahoo',
    text: ['unresolvable'],
    category: 'sender-bad',
    reason: 'Yahoo finds no MX or address for our sender’s domain.',
    cite: YAHOO,
    examples: [
      {
        reply: '451 Message temporarily deferred due to unresolvable RFC.5321 from domain.',
        phase: 'mail',
        site: 'yahoo.com',
      },
    ],
  },
  {
    id: 'yahoo-authentication',
    tier: 'site',
    site: 'yahoo',
    enhanced: ['x.7.9'],
    category: 'auth',
    reason: 'Yahoo’s 5.7.9: SPF, DKIM or DMARC did not pass.',
    cite: YAHOO,
    examples: [
      {
        reply: '554 5.7.9 Message not accepted for policy reasons.',
        phase: 'dot',
        site: 'aol.com',
      },
    ],
  },
  {
    id: 'yahoo-deferred',
    tier: 'site',
    site: 'yahoo',
    pattern:
      /\[?\b(tss?\d\d|ts\d\d|ipts\d\d)\b|temporarily deferred|permanently deferred|unexpected volume or user complaints/,
    category: 'reputation',
    reason: 'Complaints or an unusual volume; Yahoo asks for a pause of hours.',
    cite: YAHOO,
    examples: [
      {
        reply:
          '421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1',
        phase: 'mail',
        site: 'yahoo.com',
      },
      {
        reply: '553 5.7.1 [BL21] Connections not accepted from servers on Spamhaus PBL [IPTS04]',
        phase: 'greeting',
        site: 'aol.com',
      },
    ],
  },
  {
    id: 'yahoo-disabled',
    tier: 'site',
    site: 'yahoo',
    text: ['mailbox is disabled', '(554.30)', 'is no longer valid'],
    category: 'inactive',
    reason: 'Yahoo’s 554.30: the mailbox is no longer in use.',
    cite: YAHOO,
    examples: [
      {
        reply:
          '554 30 Sorry, your message to x@yahoo.com cannot be delivered. This mailbox is disabled (554.30).',
        phase: 'dot',
        site: 'yahoo.com',
      },
    ],
  },
  {
    id: 'yahoo-no-account',
    tier: 'site',
    site: 'yahoo',
    text: ["doesn't have a yahoo", 'this user * have a * account', '(554.30) no such'],
    category: 'unknown-user',
    reason: 'Yahoo’s words for an account that does not exist; it may come only after the dot.',
    cite: YAHOO,
    examples: [
      {
        reply:
          "554 delivery error: dd This user doesn't have a yahoo.com account (x@yahoo.com) [0]",
        phase: 'dot',
        site: 'yahoo.com',
      },
    ],
  },
  {
    id: 'yahoo-content',
    tier: 'site',
    site: 'yahoo',
    phase: ['dot'],
    pattern: /message not allowed - \[ph\d+\]|not accepted for policy reasons/,
    category: 'spam-content',
    reason: 'Yahoo’s verdict about the message itself.',
    cite: YAHOO,
    examples: [
      {
        reply: '554 Message not allowed - [PH01] Email not accepted for policy reasons.',
        phase: 'dot',
        site: 'yahoo.com',
      },
    ],
  },
  {
    id: 'icloud-policy',
    tier: 'site',
    site: 'icloud',
    pattern: /\[(cs|hm)\d\d\]|rejected due to local policy/,
    category: 'reputation',
    reason: 'Apple’s local policy codes speak of the sender, not of the mailbox.',
    cite: 'https://support.apple.com/102322',
    examples: [
      {
        reply: '550 5.7.1 [CS01] Message rejected due to local policy.',
        phase: 'dot',
        site: 'icloud.com',
      },
    ],
  },
  {
    id: 'icloud-recipient-rate',
    tier: 'site',
    site: 'icloud',
    code: ['421'],
    text: ['deferred due to excessive volume'],
    category: 'recipient-rate',
    reason: 'Apple names the one mailbox that gets too much.',
    cite: 'https://smtp.codes/icloud',
    examples: [
      {
        reply:
          '421 4.7.1 Messages to x@icloud.com deferred due to excessive volume. Try again later',
        site: 'icloud.com',
      },
    ],
  },
];
