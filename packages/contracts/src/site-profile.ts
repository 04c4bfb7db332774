/**
 * What staff may set for a destination. The names and meanings are those of destination profiles (packages/replies); what is
 * left out is left to what was learned, seeded or is the default.
 */
import { z } from 'zod';

const limit = z.int().min(1).max(100_000).nullable();

/** Ways around what a destination breaks, and its habits: `site_profile.quirks`. */
const quirks = {
  isRecipientProbeAllowed: z.boolean(),
  sizeBytesMax: z.int().min(1).max(1_000_000_000).nullable(),
  /** RFC 5321 §4.5.3.1.6 allows 998; shorter ones exist. */
  lineOctetsMax: z.int().min(78).max(998),
  /** One minute of the hour at least must be left to begin in. */
  congestionMinutes: z.array(z.int().min(0).max(59)).max(59).readonly(),
  unknownUserShareMax: z.number().min(0).max(1).nullable(),
  isConnectResetBusy: z.boolean(),
  isCleanCloseExpected: z.boolean(),
  isAcceptanceSilent: z.boolean(),
  isEmptyFromRefused: z.boolean(),
  isDottedLocalPartUsed: z.boolean(),
  isHeloOnly: z.boolean(),
  isPipeliningOff: z.boolean(),
  isStartTlsOff: z.boolean(),
  extensionsOff: z
    .array(z.string().regex(/^[A-Z0-9-]{1,40}$/))
    .max(20)
    .readonly(),
  isExplicitRset: z.boolean(),
  isLocalPartQuoted: z.boolean(),
  isDotApart: z.boolean(),
  /** Of the whole installation to the site: all sources, lanes and workers together. */
  sessionsMaxAll: limit,
  /** Recipients a second, of one lane. */
  rateMax: z.number().min(0.01).max(100_000).nullable(),
};

export const siteQuirksSchema = z.strictObject(quirks).partial();

/** A whole override: limits and quirks. A misspelt name is refused, since a setting that does nothing deceives. */
export const siteProfileValuesSchema = z
  .strictObject({
    ...quirks,
    /** Of one source to the whole site. */
    sessionsMax: limit,
    /** In one session. */
    transactionsMax: limit,
    /** In one transaction. */
    recipientsMax: limit,
  })
  .partial();

export type SiteQuirks = z.infer<typeof siteQuirksSchema>;
export type SiteProfileValues = z.infer<typeof siteProfileValuesSchema>;
