/** All rules, tier by tier. The order within a tier is the order of the files here and of the rules in them. */
import type { Rule } from '../rule.ts';
import { BASIC } from './basic.ts';
import { CARRIERS } from './carriers.ts';
import { ENHANCED_GENERIC, ENHANCED_SPECIFIC } from './enhanced.ts';
import { GOOGLE_MICROSOFT } from './google-microsoft.ts';
import { MESSAGE_TEXT } from './message-text.ts';
import { PROVIDERS } from './providers.ts';
import { USER_TEXT } from './user-text.ts';
import { WORDS_AUTH } from './words-auth.ts';
import { WORDS_BLOCK, WORDS_SPAMMER } from './words-block.ts';
import { WORDS_LIMIT, WORDS_UNUSUAL_RATE } from './words-limit.ts';
import { WORDS_MESSAGE } from './words-message.ts';
import { WORDS_RECIPIENT } from './words-recipient.ts';
import { YAHOO_APPLE } from './yahoo-apple.ts';

export const RULES: readonly Rule[] = [
  ...GOOGLE_MICROSOFT,
  ...YAHOO_APPLE,
  ...CARRIERS,
  ...PROVIDERS,
  ...WORDS_MESSAGE,
  ...WORDS_RECIPIENT,
  ...WORDS_SPAMMER,
  ...WORDS_UNUSUAL_RATE,
  ...WORDS_AUTH,
  ...WORDS_LIMIT,
  ...WORDS_BLOCK,
  ...ENHANCED_SPECIFIC,
  ...USER_TEXT,
  ...MESSAGE_TEXT,
  ...ENHANCED_GENERIC,
  ...BASIC,
];
