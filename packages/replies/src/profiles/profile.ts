/**
 * What is known of a destination and does not stand in its replies: limits, habits, and ways around what it breaks. Every
 * value has an origin that says from where, when and why, because people have to be able to doubt it.
 */

/** What holds for a destination of which nothing is known. */
export const DEFAULT_VALUES: Readonly<ProfileValues> = {
  sessionsMax: null,
  sessionsMaxAll: null,
  rateMax: null,
  transactionsMax: null,
  // RFC 5321 §4.5.3.1.8: every server takes at least 100.
  recipientsMax: 100,
  isRecipientProbeAllowed: true,
  sizeBytesMax: null,
  lineOctetsMax: 998,
  congestionMinutes: [],
  unknownUserShareMax: null,
  isConnectResetBusy: false,
  isCleanCloseExpected: false,
  isAcceptanceSilent: false,
  isEmptyFromRefused: false,
  isDottedLocalPartUsed: false,
  isHeloOnly: false,
  isPipeliningOff: false,
  isStartTlsOff: false,
  extensionsOff: [],
  isExplicitRset: false,
  isLocalPartQuoted: false,
  isDotApart: false,
};

/** The fields that the SMTP client knows as its quirks, by the same names. */
export const QUIRK_FIELDS = [
  'isHeloOnly',
  'isPipeliningOff',
  'isStartTlsOff',
  'extensionsOff',
  'isExplicitRset',
  'isLocalPartQuoted',
  'isDotApart',
] as const satisfies readonly ProfileField[];

/** Ways around a host that breaks the rules; what packages/smtp takes as `quirks`. */
export type ProfileQuirks = {
  isHeloOnly: boolean;
  isPipeliningOff: boolean;
  isStartTlsOff: boolean;
  /** Keywords in capitals. */
  extensionsOff: readonly string[];
  isExplicitRset: boolean;
  isLocalPartQuoted: boolean;
  isDotApart: boolean;
};

/** Null: no limit is known. */
export type ProfileValues = ProfileQuirks & {
  /** Of one source to the whole site. */
  sessionsMax: number | null;
  /** Of the whole installation: all sources, lanes and workers together. */
  sessionsMaxAll: number | null;
  /** Recipients a second, of one lane. */
  rateMax: number | null;
  /** In one session. */
  transactionsMax: number | null;
  /** In one transaction. */
  recipientsMax: number | null;
  /** Whether more may be tried than is known to pass. Where trying drops others, never. */
  isRecipientProbeAllowed: boolean;
  /** Of a whole message. */
  sizeBytesMax: number | null;
  /** Of a line, without its CRLF. */
  lineOctetsMax: number;
  /** Minutes of the hour in which nothing is begun. */
  congestionMinutes: readonly number[];
  /** Above this share of unknown users the source gets blocked: lists of unknown age are probed slowly first. 0–1. */
  unknownUserShareMax: number | null;
  /** A TCP reset at connect says "too many", not "dead": counted as 421. */
  isConnectResetBusy: boolean;
  /** Closes between transactions without a word; that is no failure. */
  isCleanCloseExpected: boolean;
  /** Says 250 and may discard: "accepted" must never be called "delivered". */
  isAcceptanceSilent: boolean;
  /** Refuses a message whose From or Message-ID is empty. */
  isEmptyFromRefused: boolean;
  /** Has given out addresses with dots that RFC 5322 forbids: `a..b@`. */
  isDottedLocalPartUsed: boolean;
};

export type ProfileField = keyof ProfileValues;

/** In rising order of weight. */
export type OriginKind = 'default' | 'seeded' | 'learned' | 'staff';

/** Where a value came from. Times in epoch ms; null where none applies. */
export type Origin = {
  from: OriginKind;
  reason: string;
  atMs: number | null;
  expiresAtMs: number | null;
  cite: string | null;
};

/** `names`: of the seeded profiles that matched. `quirks`: the quirk fields once more, as the SMTP client takes them. */
export type Profile = {
  values: ProfileValues;
  quirks: ProfileQuirks;
  origins: Record<ProfileField, Origin>;
  names: readonly string[];
};
