/** Words about the form of a message. They stand before words of block: servers say "has been blocked" of these too. */
import type { Rule } from '../rule.ts';

export const WORDS_MESSAGE: readonly Rule[] = [
  {
    id: 'words-form',
    tier: 'words',
    phase: ['data', 'dot'],
    code: ['4xx', '5xx'],
    pattern:
      /rfc ?[25][38]22 (section|compliant)|duplicate headers?\b|multiple (subject|from|to|date|message-id) headers?|multiple addresses in from|missing a valid .{0,60}header|\bheader error|\bnot rfc compliant/,
    category: 'format',
    reason: 'A header that is missing, doubled or unreadable; ours to repair, and no block.',
    cite: 'RFC 5322 §3.6',
    examples: [
      {
        reply: '550 5.7.1 This message is not RFC 5322 compliant. The message has been blocked.',
        phase: 'dot',
      },
    ],
  },
];
