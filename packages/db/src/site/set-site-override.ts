/** What staff decide about a destination: it beats what came with the product and what was learned. */
import { type SiteProfileValues, siteProfileValuesSchema } from '@hikyaku/contracts';
import { audit } from '../audit/audit.ts';
import { DbError } from '../scope/db-error.ts';
import { notifyDue } from '../scope/notify-due.ts';
import type { StaffScope } from '../scope/scopes.ts';
import { readSiteProfiles } from './site-profiles.ts';

/**
 * Replaces the override of a site as a whole; empty `values` take it away. A null limit is the same as none. Whether the site
 * is paused stays as it is. Workers go by it within seconds. Throws DbError INVALID_INPUT (`site`, `values`, `reason`).
 */
export async function setSiteOverride(
  scope: StaffScope,
  input: { site: string; values: SiteProfileValues; reason: string },
): Promise<void> {
  const site = input.site.trim().toLowerCase();
  const reason = input.reason.trim();
  if (site === '') throw new DbError('INVALID_INPUT', 'Say which site.', { reason: 'site' });
  if (reason === '') throw new DbError('INVALID_INPUT', 'Say why.', { reason: 'reason' });
  const parsed = siteProfileValuesSchema.safeParse(input.values);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const message = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a setting'}`;
    throw new DbError('INVALID_INPUT', message, { reason: 'values' });
  }
  const {
    sessionsMax = null,
    recipientsMax = null,
    transactionsMax = null,
    ...quirks
  } = parsed.data;
  // The row may not be there yet: the lock is on the name, so that the audit tells what was replaced.
  await scope.sql`select 1 as one from pg_advisory_xact_lock(hashtext(${`site-override:${site}`}))`;
  const [before] = await readSiteProfiles(scope, [site]);
  await scope.sql`
    insert into site_profile (site, sessions_max, recipients_max, transactions_max, quirks, reason, updated_by)
    values (${site}, ${sessionsMax}, ${recipientsMax}, ${transactionsMax}, ${JSON.stringify(quirks)}::jsonb, ${reason},
            ${scope.staffUserId}::uuid)
    on conflict (site) do update
       set sessions_max = excluded.sessions_max, recipients_max = excluded.recipients_max,
           transactions_max = excluded.transactions_max, quirks = excluded.quirks, reason = excluded.reason,
           updated_by = excluded.updated_by, updated_at = now()`;
  await audit(scope, {
    action: 'site.override',
    target: `site:${site}`,
    reason,
    detail: { before: before?.staffOverride?.values ?? {}, after: parsed.data },
  });
  await notifyDue(scope);
}
