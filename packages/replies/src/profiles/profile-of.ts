/**
 * One profile out of what came with the product, what was learned and what staff decided: seeded < learned < staff.
 * What was learned ends by itself, and never loosens a limit that must not be probed.
 */
import { siteGroupOf } from '../sites.ts';
import {
  DEFAULT_VALUES,
  type Origin,
  type Profile,
  type ProfileField,
  type ProfileValues,
  QUIRK_FIELDS,
} from './profile.ts';
import { SEEDED_PROFILES, type SeededProfile } from './seeded.ts';

/**
 * The profile of a destination, for sessions from one source. `site`: its domain. `mxHosts`: all of the site's, or the one
 * that a session goes to: what was learned of another host is left out.
 */
export function profileOf(
  site: string,
  mxHosts: readonly string[],
  { staffOverride, learned }: ProfileSources,
  nowMs: number,
): Profile {
  const seeds = seedsFor(site, mxHosts);
  const draft = emptyDraft();
  for (const { facts } of seeds)
    for (const { values, reason, cite } of facts)
      put(draft, values, { from: 'seeded', reason, atMs: null, expiresAtMs: null, cite });
  const hosts = new Set(mxHosts.map(hostName));
  for (const field of learned) {
    if (field.expiresAtMs <= nowMs) continue;
    if (field.mxHost && !hosts.has(hostName(field.mxHost))) continue;
    if (isForbiddenProbe(field, draft.values)) continue;
    const { reason, atMs, expiresAtMs } = field;
    const origin: Origin = { from: 'learned', reason, atMs, expiresAtMs, cite: null };
    put(draft, { [field.field]: field.value }, origin);
  }
  if (staffOverride) {
    const { reason, atMs } = staffOverride;
    const origin: Origin = { from: 'staff', reason, atMs, expiresAtMs: null, cite: null };
    put(draft, staffOverride.values, origin);
  }
  return { ...draft, quirks: quirksOf(draft.values), names: seeds.map(({ name }) => name) };
}

/** The limits of a session by this profile, as packages/smtp takes them. */
export function sessionLimitsOf({ values }: Profile): SessionLimits {
  return {
    transactionsMax: values.transactionsMax ?? undefined,
    recipientsMax: values.recipientsMax ?? undefined,
  };
}

function seedsFor(site: string, mxHosts: readonly string[]): SeededProfile[] {
  const groups = new Set([siteGroupOf(site), ...mxHosts.map((host) => siteGroupOf(site, host))]);
  return SEEDED_PROFILES.filter(({ group }) => groups.has(group));
}

/** A cap that must not be probed is lowered by experience and raised by people alone. */
function isForbiddenProbe({ field, value }: LearnedField, values: ProfileValues): boolean {
  if (field !== 'recipientsMax' || values.isRecipientProbeAllowed) return false;
  const cap = values.recipientsMax;
  return cap !== null && (typeof value !== 'number' || value > cap);
}

function emptyDraft(): Draft {
  const origin: Origin = {
    from: 'default',
    reason: 'Nothing else is known.',
    atMs: null,
    expiresAtMs: null,
    cite: null,
  };
  const fields = Object.keys(DEFAULT_VALUES) as ProfileField[];
  return {
    values: { ...DEFAULT_VALUES },
    origins: Object.fromEntries(fields.map((field) => [field, origin])) as Profile['origins'],
  };
}

function put(draft: Draft, values: Partial<ProfileValues>, origin: Origin): void {
  for (const field of Object.keys(values) as ProfileField[]) {
    if (values[field] === undefined || !(field in DEFAULT_VALUES)) continue;
    Object.assign(draft.values, { [field]: values[field] });
    draft.origins[field] = origin;
  }
}

function quirksOf(values: ProfileValues): Profile['quirks'] {
  const quirks = QUIRK_FIELDS.map((field) => [field, values[field]]);
  return Object.fromEntries(quirks) as Profile['quirks'];
}

function hostName(host: string): string {
  return host.toLowerCase().replace(/\.$/, '');
}

/** `undefined`: none. */
export type SessionLimits = { transactionsMax?: number; recipientsMax?: number };

type Draft = Pick<Profile, 'values' | 'origins'>;

/** `mxHost`: the one host it is true of; null for all hosts of the site. */
export type LearnedField = {
  field: ProfileField;
  value: ProfileValues[ProfileField];
  mxHost: string | null;
  reason: string;
  atMs: number;
  expiresAtMs: number;
};

export type StaffOverride = { values: Partial<ProfileValues>; reason: string; atMs: number };
export type ProfileSources = {
  staffOverride: StaffOverride | null;
  learned: readonly LearnedField[];
};
