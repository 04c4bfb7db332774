/** Which entries give way to a new one: the audience room's order of reasons, for statements over sets of people. */
import { strongerReason } from '@hikyaku/audience';
import { SUPPRESSION_REASONS, type SuppressionReason } from '@hikyaku/contracts';

/** Empty for the weakest: a bounce never replaces anything, least of all a person's own word. */
export function weakerReasons(than: SuppressionReason): SuppressionReason[] {
  return SUPPRESSION_REASONS.filter(
    (reason) => reason !== than && strongerReason(reason, than) === than,
  );
}
