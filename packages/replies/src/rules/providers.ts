/** Providers whose replies carry a key of their own behind the text. */
import type { Rule } from '../rule.ts';

const ORANGE = 'https://postmaster.orange.fr/';
const COX = 'https://www.cox.com/residential/support/email-error-codes.html';

export const PROVIDERS: readonly Rule[] = [
  {
    id: 'orange-source',
    tier: 'site',
    site: 'orange',
    pattern: /\b(ofr|lpn)\d*_(102|103|630|999)\b/,
    category: 'reputation',
    reason: 'Orange’s keys 102, 103, 630 and 999 speak of the source.',
    cite: ORANGE,
    examples: [
      {
        reply: '421 mwinf5c77 ME Service refused, please try later. OFR_999 [999]',
        phase: 'greeting',
        site: 'orange.fr',
      },
    ],
  },
  {
    id: 'orange-content',
    tier: 'site',
    site: 'orange',
    phase: ['dot'],
    pattern: /\b(ofr|lpn)\d*_506\b/,
    category: 'spam-content',
    reason: 'Orange’s key 506: the message looks like spam.',
    cite: ORANGE,
    examples: [
      { reply: '550 5.2.0 Mail rejected. OFR_506 [506]', phase: 'dot', site: 'orange.fr' },
    ],
  },
  {
    id: 'cox-block',
    tier: 'site',
    site: 'cox',
    pattern: /aup#\w*rbl/,
    category: 'reputation',
    reason: 'AUP#CDRBL and AUP#CXRBL: the sending address is blocked, whatever the words before.',
    cite: COX,
    examples: [
      {
        reply: '550 5.1.0 <b@example.jp> sender rejected. AUP#CDRBL',
        phase: 'mail',
        site: 'cox.net',
      },
    ],
  },
];
