/**
 * Who of a list is left out of a campaign, and why: counted at the audience cut, shown before the button is pressed.
 * Invariant: recipients + all exclusions = members of the list.
 */

/** Sums up an audience cut. Reasons with no one in them are dropped. */
export function summariseExclusions(
  membersTotal: number,
  counts: Partial<Record<ExclusionReason, number>>,
): Exclusions {
  const byReason: Partial<Record<ExclusionReason, number>> = {};
  let excluded = 0;
  for (const reason of EXCLUSION_REASONS) {
    const count = counts[reason] ?? 0;
    if (count === 0) continue;
    byReason[reason] = count;
    excluded += count;
  }
  return { membersTotal, excluded, recipients: membersTotal - excluded, byReason };
}

/** True when nobody is counted twice or lost between list and audience. */
export function exclusionsReconcile(exclusions: Exclusions): boolean {
  const sum = Object.values(exclusions.byReason).reduce((total, count) => total + count, 0);
  return (
    sum === exclusions.excluded &&
    exclusions.recipients + exclusions.excluded === exclusions.membersTotal &&
    exclusions.recipients >= 0
  );
}

/**
 * In the order in which the first that applies counts. `suppressed-*` follow the reasons of the suppression table;
 * also the ids of catalogue texts (`exclusion.<reason>`).
 */
export const EXCLUSION_REASONS = [
  'invalid',
  'duplicate',
  'suppressed-unsubscribed',
  'suppressed-complaint',
  'suppressed-unknown-user',
  'suppressed-mailbox-full',
  'suppressed-manual',
  'suppressed-imported',
  'suppressed-other',
  'not-in-segment',
] as const;

export type ExclusionReason = (typeof EXCLUSION_REASONS)[number];
export type Exclusions = {
  membersTotal: number;
  excluded: number;
  recipients: number;
  byReason: Partial<Record<ExclusionReason, number>>;
};
