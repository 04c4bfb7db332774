/** The shape of a rule: conditions that must all hold, and what then is so. Rules are data; examples are their proof. */
import type { Category, Permanence, Phase } from './categories.ts';
import type { SiteGroup } from './sites.ts';

/** The order of evidence (replies.md): an earlier tier wins, and within a tier the earlier rule. */
export const TIERS = [
  'site',
  'words',
  'enhanced-specific',
  'user-text',
  'enhanced-generic',
  'basic',
] as const;

/**
 * `site` group of destinations · `phase` any of · `command` any of · `code` any of, as `550` or `5xx` · `enhanced` any
 * of, as `5.1.1`, `x.7.26` (any class) or `x.7.*` · `text` any phrase of, in lower case, `*` for anything between ·
 * `pattern` over the same text · `mx` any ending of the host's name · `isOwn` one of our own addresses or names is in the
 * text. `reason` says why the rule is so; `cite` where it was read.
 */
export type Rule = {
  id: string;
  tier: Tier;
  site?: SiteGroup;
  phase?: readonly Phase[];
  command?: readonly string[];
  code?: readonly string[];
  enhanced?: readonly string[];
  text?: readonly string[];
  pattern?: RegExp;
  mx?: readonly string[];
  isOwn?: true;
  category: Category;
  /** Where it differs from what category and code say. */
  permanence?: Permanence;
  reason: string;
  cite?: string;
  examples: readonly Example[];
};

/** A reply that this rule, and no earlier one, decides. */
export type Example = {
  reply: string;
  phase?: Phase;
  site?: string;
  mx?: string;
  own?: readonly string[];
};

export type Tier = (typeof TIERS)[number];
