/** Words that speak of one recipient's choice or state, and would otherwise be taken for a block of ours. */
import type { Rule } from '../rule.ts';

const ERRORS = ['4xx', '5xx'] as const;

export const WORDS_RECIPIENT: readonly Rule[] = [
  {
    id: 'words-mailbox-for-now',
    tier: 'words',
    phase: ['rcpt', 'data', 'dot'],
    code: ERRORS,
    pattern:
      /\b(mailbox|user|account|recipient)\b.{0,40}(\btempora\w+ (disabled|suspended|locked|blocked|inactive)|(disabled|suspended|locked|blocked) tempora)/,
    category: 'recipient-filter',
    reason: 'Shut for now: the mailbox is there, and comes back.',
    examples: [
      {
        reply:
          '550 5.7.1 Recipient address rejected: User x temporary locked. Please try again later!',
      },
    ],
  },
  {
    id: 'words-mailbox-blocked',
    tier: 'words',
    code: ERRORS,
    pattern: /\b(mailbox|user|account|recipient) ((is|was|has been) )?(currently )?blocked\b/,
    category: 'inactive',
    reason: 'The mailbox is blocked, not we.',
    examples: [{ reply: '550 5.2.1 Mailbox is blocked' }],
  },
  {
    id: 'words-mailbox-count',
    tier: 'words',
    code: ERRORS,
    pattern:
      /\b(user|mailbox|recipient|account) has too many (messages|mails)|too many (messages|mails) in (the |this )?(mailbox|inbox)/,
    category: 'mailbox-full',
    reason: 'Too many messages lie in the mailbox: it is full by count.',
    examples: [{ reply: '550 User has too many messages on the server.' }],
  },
  {
    id: 'words-edge-blocking',
    tier: 'words',
    enhanced: ['5.4.1'],
    text: ['recipient address rejected: access denied'],
    category: 'unknown-user',
    reason: 'Exchange Online’s directory-based edge blocking, where the MX host is not known.',
    cite: 'https://learn.microsoft.com/exchange/mail-flow-best-practices/use-directory-based-edge-blocking',
    examples: [{ reply: '550 5.4.1 Recipient address rejected: Access denied.' }],
  },
  {
    id: 'words-recipient-refuses',
    tier: 'words',
    code: ERRORS,
    pattern:
      /\b(recipient|user|addressee) (has )?(blocked|refuses|rejects|does not accept|doesn't accept|does not wish)|(blocked|rejected) by (the |this )?(recipient|user)\b|recipient preferences|\bby user rules|refuses? to receive|delivery not authorized|restricted by policy|delivery failure policy|only accepting (mail|messages) from|members?-only|not subscribed to th|closed (mailing )?list|not allowed to post|badrcptto|(organi[sz]ation(al)?|recipient's) (policy|settings)|(?<!ip address )blacklisted by (the )?recipient|only accepts (mail|messages) from|accepts? (mail|messages) only from|permitted senders|allowed-senders list|restricted distribution|resolver\.rst\.(authrequired|restrictedto|notauthorized)|authenticated for (group|mailbox|public folder)|recipient address rejected: access denied/,
    category: 'recipient-filter',
    reason: 'A choice of the recipient or of its administrator; the address is alive.',
    examples: [
      { reply: '550 5.7.1 Recipient has blocked this sender' },
      { reply: '550 5.7.1 This group only accepts messages from people in its organization' },
      { reply: '550 5.1.1 Refused due to recipient preferences' },
    ],
  },
  {
    id: 'words-recipient-policy',
    tier: 'words',
    phase: ['rcpt'],
    code: ['5xx'],
    pattern: /^[^a-z]*(denied|rejected|refused) by policy/,
    category: 'recipient-filter',
    reason: 'Answered to RCPT without another word: a rule about this recipient.',
    examples: [{ reply: '550 Denied by policy' }],
  },
];
