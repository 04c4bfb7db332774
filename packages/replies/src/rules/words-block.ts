/** Words of block and of spam. They beat 5.1.1 and 5.2.1: a block that looks like a dead mailbox is a false 550. */
import type { Rule } from '../rule.ts';

const ERRORS = ['4xx', '5xx'] as const;

/** Asked before words of authentication and relaying, which such a reply may carry as well. */
export const WORDS_SPAMMER: readonly Rule[] = [
  {
    id: 'words-spammer',
    tier: 'words',
    phase: ['greeting', 'ehlo', 'starttls', 'mail', 'rcpt'],
    code: ERRORS,
    pattern: /identified as spam|\bspammers?\b/,
    category: 'reputation',
    reason: 'Called a spammer before any content was seen: that is the source.',
    examples: [
      { reply: '553 5.7.1 Relaying denied - Your IP identified as spammer. Please contact us' },
    ],
  },
];

export const WORDS_BLOCK: readonly Rule[] = [
  {
    id: 'words-policy-before-recipient',
    tier: 'words',
    phase: ['greeting', 'ehlo', 'starttls', 'mail'],
    code: ERRORS,
    text: ['policy violation', 'policy reasons', 'due to policy'],
    category: 'reputation',
    reason: 'A policy that refuses before any recipient was named is about the source.',
    examples: [{ reply: '421 Reject due to policy violations', phase: 'greeting' }],
  },
  {
    id: 'words-content',
    tier: 'words',
    phase: ['data', 'dot'],
    code: ERRORS,
    pattern:
      /\bcontents?\b.*(reject|block|spam|suspicious|not accept|denied|security|violat)|(reject|block|suspicious|denied).*\bcontents?\b|\bvirus\b|\bmalware\b|\binfected\b|\bphish|\bsurbl\b|\buribl\b/,
    category: 'spam-content',
    reason: 'What is wrong is in the message: other mail from us passes.',
    examples: [
      {
        reply:
          '552 5.7.0 This message was blocked because its content presents a potential security issue.',
        phase: 'dot',
      },
      { reply: '554 5.7.1 Message rejected: virus found', phase: 'dot' },
      { reply: '554 5.7.1 Blocked by URIBL: http://example.jp in multi.surbl.org', phase: 'dot' },
    ],
  },
  {
    id: 'words-block-list',
    tier: 'words',
    code: ERRORS,
    pattern:
      /spamhaus|spamcop|barracuda|\bsorbs\b|abuseat|\bcbl\b|uceprotect|\bpsbl\b|surriel|invaluement|mailspike|senderscore|talosintelligence|dnsbl|\bd?n?s?rbls?\b|abusix|spamrats|backscatterer|nixspam|hostkarma|gbudb/,
    category: 'reputation',
    reason: 'A public block list names our source or domain.',
    examples: [
      {
        reply:
          '554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org',
      },
      { reply: '550 5.1.1 Refused, see https://www.spamhaus.org/query/ip/192.0.2.1' },
    ],
  },
  {
    id: 'words-blocked',
    tier: 'words',
    code: ERRORS,
    pattern:
      /\bblock ?-?list|\bblack ?-?list|\bdeny ?-?list|\bblocked\b|\bblocking\b|\bbanned\b|\byour (ip|server|network|host|domain)\b.*\b(listed|refused|denied|rejected)|mail from your|client host rejected|connection (refused|rejected|denied)|access denied|not accept(ing)? (mail|connections|messages) from|refused to talk|administrative prohibition|(?<!not )\blisted (on|at|by)\b|\bis listed in\b|access to .{0,50}(rejected|denied)|not in (the )?(whitelist|allow ?list)|network not allowed|not allowed to connect|\bbad ip\b|a problem occurred.*\(bl\)|\bopen (relay|proxy)\b|\bdynamic (ip|address)|\b(client|sender|source|your) ip( address)?\b.{0,30}(reject|refus|denied|block)|user complaints|connections? will not be accepted|not accepting connections|too many (unwanted|spam)/,
    category: 'reputation',
    reason: 'The source or the sender is blocked, whatever the enhanced code says.',
    examples: [
      { reply: '550 5.2.1 Mailbox unavailable. Your IP address is blacklisted' },
      {
        reply: '550 permanent failure for one or more recipients (x@example.com:blocked)',
        phase: 'dot',
      },
      { reply: '554 5.7.1 <unknown[192.0.2.1]>: Client host rejected: Access denied' },
    ],
  },
  {
    id: 'words-too-many-unknown',
    tier: 'words',
    code: ERRORS,
    pattern:
      /too many (invalid|unknown|bad|non-?existent|nonexistent|wrong|failed) |(excessive|too much) (unknown|invalid)|dictionary attack|directory harvest|\bharvest/,
    category: 'reputation',
    reason: 'A penalty for our list: the addresses refused now may all be good.',
    examples: [{ reply: '550 Too many invalid recipients' }],
  },
  {
    id: 'words-spam-message',
    tier: 'words',
    phase: ['data', 'dot'],
    code: ERRORS,
    pattern:
      /\bspam|\banti-?spam|\bmessage filtered|\bunsolicited\b|\bjunk\b|\bube\b|\buce\b|bulk mail|security polic/,
    category: 'spam-content',
    reason: 'Judged with the content known.',
    examples: [
      { reply: '550 5.7.1 Message classified as spam', phase: 'dot' },
      { reply: '554 5.7.1 Rejected as unsolicited', phase: 'dot' },
    ],
  },
  {
    id: 'words-spam-source',
    tier: 'words',
    phase: ['greeting', 'ehlo', 'starttls', 'mail', 'rcpt'],
    code: ERRORS,
    pattern: /\bspam|\banti-?spam|\bunsolicited\b|\bube\b|\buce\b|\babus(e|ive)\b/,
    category: 'reputation',
    reason: 'Before any content was seen, spam can only mean us.',
    examples: [{ reply: '550 5.1.1 Spam source, go away' }],
  },
  {
    id: 'words-own-name',
    tier: 'words',
    code: ERRORS,
    isOwn: true,
    category: 'reputation',
    reason: 'A server that names our address or domain speaks of us, not of the mailbox.',
    examples: [
      { reply: '550 5.1.1 Mail from 192.0.2.1 is not welcome', own: ['192.0.2.1'] },
      { reply: '550 Sorry, hikyaku.example is unwanted', own: ['hikyaku.example'] },
    ],
  },
];
