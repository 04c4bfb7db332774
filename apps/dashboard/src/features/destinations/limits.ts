/** The limits of a destination that staff may set, and which value of each binds now: staff's, learned, seeded or the default. */
import type { StoredSiteProfile } from '@hikyaku/db';
import { type Origin, type OriginKind, profileOf } from '@hikyaku/replies';
import { isLimitField, LIMIT_FIELDS, type LimitField } from './limit-fields.ts';

/** `value` null: no limit is known. `source`: of a learned limit, the source that it was learned from. */
export interface BindingLimit {
  field: LimitField;
  value: number | null;
  from: OriginKind;
  reason: string;
  atMs: number | null;
  source: string | null;
  isOverridden: boolean;
}

export interface OtherSetting {
  field: string;
  value: string;
  from: OriginKind;
  reason: string;
}

/**
 * `domain`: one that leads to the site, by which seeded profiles know it. What is learned only ever binds below what staff set or
 * the product knows, as in the engine.
 */
export function bindingLimits(
  stored: StoredSiteProfile,
  domain: string,
  nowMs: number,
): BindingLimit[] {
  const { values, origins } = profileFor(stored, domain, nowMs);
  return LIMIT_FIELDS.map((field) => {
    const wall = values[field];
    const learned = stored.learned
      .flatMap((one) => (one.field === field && typeof one.value === 'number' ? [one] : []))
      .sort((a, b) => (a.value as number) - (b.value as number))[0];
    const isOverridden = stored.staffOverride?.values[field] !== undefined;
    if (learned && (learned.value as number) < (wall ?? Number.POSITIVE_INFINITY))
      return {
        ...{ field, value: learned.value as number, from: 'learned', reason: learned.reason },
        ...{ atMs: learned.atMs, source: learned.source, isOverridden },
      };
    const { from, reason, atMs } = origins[field];
    return { field, value: wall, from, reason, atMs, source: null, isOverridden };
  });
}

/** Habits and ways around faults that are not the default. */
export function otherSettings(
  stored: StoredSiteProfile,
  domain: string,
  nowMs: number,
): OtherSetting[] {
  const { values, origins } = profileFor(stored, domain, nowMs);
  return (Object.entries(origins) as [keyof typeof values, Origin][]).flatMap(
    ([field, { from, reason }]) =>
      from === 'default' || isLimitField(field)
        ? []
        : [{ field, value: JSON.stringify(values[field]), from, reason }],
  );
}

function profileFor(stored: StoredSiteProfile, domain: string, nowMs: number) {
  const learned = stored.learned.filter(({ field }) => !isLimitField(field));
  const { staffOverride, site } = stored;
  return profileOf(domain, site.split(','), { staffOverride, learned }, nowMs);
}
