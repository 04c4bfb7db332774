/** Profiles that come with the product: what is known of destinations before the first mail. Data, each with its reason. */
import type { SiteGroup } from '../sites.ts';
import type { ProfileValues } from './profile.ts';

const CONGESTION = [58, 59, 0, 1, 2] as const;
const NOTE = 'https://note.com/sendmagic/n/';

/**
 * `group`: the destinations it is for, by domain or MX host (sites.ts). `ruleBreakers`: numbers of rule-breakers.ts.
 * Each group of values stands with the reason that made it.
 */
export const SEEDED_PROFILES: readonly SeededProfile[] = [
  {
    name: 'Yahoo',
    group: 'yahoo',
    facts: [
      {
        ruleBreakers: [1],
        values: { transactionsMax: 20, isCleanCloseExpected: true },
        reason: 'Yahoo closes after 20 messages, often without a code.',
        cite: 'https://smtp.codes/yahoo',
      },
    ],
  },
  {
    name: 'NTT docomo',
    group: 'docomo',
    facts: [
      {
        ruleBreakers: [2],
        values: { recipientsMax: 100, isRecipientProbeAllowed: false },
        reason:
          'Over 100 RCPTs docomo answers 554, cuts the session and drops the earlier recipients too.',
        cite: null,
      },
      {
        ruleBreakers: [6],
        values: { unknownUserShareMax: 0.05 },
        reason: 'Many unknown users get a source blocked.',
        cite: `${NOTE}neb6bbe7e51cf`,
      },
      {
        ruleBreakers: [7],
        values: { isDottedLocalPartUsed: true },
        reason: 'Addresses with dots in a row, or before the @, were given out until 2009.',
        cite: null,
      },
      {
        ruleBreakers: [18],
        values: { congestionMinutes: CONGESTION },
        reason: 'Everybody starts on the hour.',
        cite: null,
      },
      {
        ruleBreakers: [20],
        values: { lineOctetsMax: 998 },
        reason: 'docomo answers 500 Line Too Long to longer lines.',
        cite: `${NOTE}neb6bbe7e51cf`,
      },
    ],
  },
  {
    name: 'au',
    group: 'au',
    facts: [
      {
        ruleBreakers: [2],
        values: { recipientsMax: 100, isRecipientProbeAllowed: false },
        reason: 'au takes 100 RCPTs in a transaction.',
        cite: null,
      },
      {
        ruleBreakers: [4],
        values: { isConnectResetBusy: true },
        reason: 'Under load, and to sources that it blocks, au resets TCP at connect.',
        cite: null,
      },
      {
        ruleBreakers: [5],
        values: { isAcceptanceSilent: true },
        reason: 'Mail that a setting of the recipient refuses is answered 250 and discarded.',
        cite: `${NOTE}n875d8dcb6cb8`,
      },
      {
        ruleBreakers: [6],
        values: { unknownUserShareMax: 0.05 },
        reason: 'Many unknown users get a source blocked.',
        cite: `${NOTE}n875d8dcb6cb8`,
      },
      {
        ruleBreakers: [7],
        values: { isDottedLocalPartUsed: true },
        reason: 'Addresses with dots in a row, or before the @, were given out until 2009.',
        cite: null,
      },
      {
        ruleBreakers: [18],
        values: { congestionMinutes: CONGESTION },
        reason: 'Everybody starts on the hour.',
        cite: null,
      },
      {
        ruleBreakers: [19],
        values: { sizeBytesMax: 3_000_000 },
        reason: 'au refuses more than 3 MB.',
        cite: null,
      },
    ],
  },
  {
    name: 'SoftBank',
    group: 'softbank',
    facts: [
      {
        ruleBreakers: [2],
        values: { recipientsMax: 100, isRecipientProbeAllowed: false },
        reason: 'SoftBank takes 100 RCPTs in a transaction.',
        cite: null,
      },
      {
        ruleBreakers: [5],
        values: { isAcceptanceSilent: true },
        reason: 'SoftBank answers 250 and discards what it takes for spam.',
        cite: null,
      },
      {
        ruleBreakers: [6],
        values: { unknownUserShareMax: 0.05 },
        reason: 'Many unknown users get a source blocked.',
        cite: null,
      },
      {
        ruleBreakers: [18],
        values: { congestionMinutes: CONGESTION },
        reason: 'Everybody starts on the hour.',
        cite: null,
      },
      {
        ruleBreakers: [19],
        values: { isEmptyFromRefused: true, sizeBytesMax: 1_000_000 },
        reason: 'SoftBank refuses an empty From or Message-ID, and more than 1 MB.',
        cite: null,
      },
    ],
  },
];

/** `cite`: where it was read; null where it stands in this project's own knowledge alone. */
export type ProfileFact = {
  ruleBreakers: readonly number[];
  values: Partial<ProfileValues>;
  reason: string;
  cite: string | null;
};
export type SeededProfile = { name: string; group: SiteGroup; facts: readonly ProfileFact[] };
