/**
 * A pin keeps a learned limit where it is: its value becomes staff's own, and so binds whatever is learned later. Of the whole
 * site, also where it was learned from one source: a limit that holds for one is careful for all.
 */
import type { SiteProfileValues } from '@hikyaku/contracts';
import { DbError } from '../scope/db-error.ts';
import type { StaffScope } from '../scope/scopes.ts';
import { setSiteOverride } from './set-site-override.ts';
import { readSiteProfiles, type StoredSiteProfile } from './site-profiles.ts';

export const PINNABLE = ['recipientsMax', 'transactionsMax', 'rateMax'] as const;
export type PinnableField = (typeof PINNABLE)[number];

/** Throws DbError NOT_FOUND where nothing of that name is learned from that source now, INVALID_INPUT (`reason`). */
export async function pinLearnedLimit(
  scope: StaffScope,
  input: { site: string; source: string; field: PinnableField; reason: string },
): Promise<void> {
  const profile = await profileOf(scope, input.site);
  const learned = profile.learned.findLast(
    ({ field, source, mxHost }) =>
      field === input.field && source === input.source && mxHost === null,
  );
  if (!learned) throw new DbError('NOT_FOUND', 'Nothing like that is learned of this site now.');
  const values = { ...profile.staffOverride?.values, [input.field]: learned.value };
  await setSiteOverride(scope, { site: input.site, values, reason: input.reason });
}

/** The limit is learned again from here on. Without one set it changes nothing. Throws DbError INVALID_INPUT (`reason`). */
export async function unpinLimit(
  scope: StaffScope,
  input: { site: string; field: PinnableField; reason: string },
): Promise<void> {
  const profile = await profileOf(scope, input.site);
  const values: SiteProfileValues = { ...profile.staffOverride?.values };
  if (values[input.field] === undefined) return;
  delete values[input.field];
  await setSiteOverride(scope, { site: input.site, values, reason: input.reason });
}

async function profileOf(scope: StaffScope, site: string): Promise<StoredSiteProfile> {
  const [profile] = await readSiteProfiles(scope, [site]);
  if (!profile) throw new DbError('NOT_FOUND', 'There is no such site.');
  return profile;
}
