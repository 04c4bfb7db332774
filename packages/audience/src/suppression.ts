/** Who must not be mailed, in which order reasons are told, and who may take a suppression back. */

export const SUPPRESSION_REASONS = [
  'unsubscribed',
  'complained',
  'bounced',
  'manual',
  'imported',
] as const;

export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number];

export type Role = 'owner' | 'admin' | 'editor' | 'viewer' | 'staff';

/**
 * - `consent`: only with a note of how and when the person agreed anew; an upload cannot say that.
 * - `forbidden`: not by this role.
 */
export type ReleaseVerdict = 'allowed' | 'consent' | 'forbidden';

// What a person said outweighs what a machine found, and both outweigh what a tenant noted.
const RELEASE: Readonly<Record<SuppressionReason, Readonly<Record<Role, ReleaseVerdict>>>> = {
  unsubscribed: {
    owner: 'consent',
    admin: 'consent',
    editor: 'forbidden',
    viewer: 'forbidden',
    staff: 'consent',
  },
  // A complaint hurts every tenant's reputation: the operator decides.
  complained: {
    owner: 'forbidden',
    admin: 'forbidden',
    editor: 'forbidden',
    viewer: 'forbidden',
    staff: 'consent',
  },
  bounced: {
    owner: 'allowed',
    admin: 'allowed',
    editor: 'allowed',
    viewer: 'forbidden',
    staff: 'allowed',
  },
  manual: {
    owner: 'allowed',
    admin: 'allowed',
    editor: 'allowed',
    viewer: 'forbidden',
    staff: 'allowed',
  },
  imported: {
    owner: 'allowed',
    admin: 'allowed',
    editor: 'allowed',
    viewer: 'forbidden',
    staff: 'allowed',
  },
};

/** Whether `role` may release a suppression with this reason. */
export function releaseVerdict(reason: SuppressionReason, role: Role): ReleaseVerdict {
  return RELEASE[reason][role];
}

/** Whether `role` may release it now, with this note of a new consent. */
export function mayRelease(reason: SuppressionReason, role: Role, consentNote: string): boolean {
  const verdict = releaseVerdict(reason, role);
  return verdict === 'allowed' || (verdict === 'consent' && consentNote.trim() !== '');
}

/**
 * The reason that stands when a new one meets an active suppression: the stronger of both, so that a
 * bounce does not make an unsubscribed person releasable.
 */
export function strongerReason(a: SuppressionReason, b: SuppressionReason): SuppressionReason {
  return rank(a) <= rank(b) ? a : b;
}

export type ExclusionReason = SuppressionReason | 'bad-address';

/**
 * Why a person is left out of a campaign, or null. The strongest reason is told, so that the numbers
 * of a checklist add up to the people left out.
 */
export function exclusionReason(person: {
  readonly suppressions: readonly SuppressionReason[];
  readonly isAddressValid: boolean;
}): ExclusionReason | null {
  const [strongest] = [...person.suppressions].sort((a, b) => rank(a) - rank(b));
  return strongest ?? (person.isAddressValid ? null : 'bad-address');
}

function rank(reason: SuppressionReason): number {
  // A complaint can be released by fewest, so it stands above all.
  return ['complained', 'unsubscribed', 'manual', 'imported', 'bounced'].indexOf(reason);
}
