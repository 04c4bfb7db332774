/** Staff edit the destination groups: their names and which domains belong to them. */
import { checkPatterns, OTHER_GROUP } from '@hikyaku/campaigns';
import { audit } from '../audit/audit.ts';
import { DbError } from '../scope/db-error.ts';
import { notifyDue } from '../scope/notify-due.ts';
import type { StaffScope } from '../scope/scopes.ts';
import { lockWindows, type NamedGroup, readGroups } from './read-windows.ts';

/**
 * Makes or changes a group. Throws DbError INVALID_INPUT with reason `group-key`, `group-name`, `pattern-bad`, `pattern-twice` or
 * `group-other-patterns`; the pattern at fault is the message.
 */
export async function saveDestinationGroup(
  scope: StaffScope,
  { reason, ...given }: NamedGroup & { reason: string },
): Promise<void> {
  await lockWindows(scope, 'change');
  const patterns = [...new Set(given.patterns.map((pattern) => pattern.trim().toLowerCase()))];
  const group = { ...given, patterns, nameJa: given.nameJa.trim(), nameEn: given.nameEn.trim() };
  if (!/^[a-z][a-z0-9-]{0,30}$/.test(group.key)) throw refusal('group-key', group.key);
  if (group.nameJa === '' || group.nameEn === '') throw refusal('group-name', group.key);
  const check = checkPatterns(group, await readGroups(scope));
  if (!check.ok) throw refusal(check.code, check.pattern);
  await scope.sql`
    insert into destination_group (key, name_ja, name_en, patterns, position, updated_by)
    values (${group.key}, ${group.nameJa}, ${group.nameEn}, ${patterns}::text[],
            (select coalesce(max(position), 0) + 1 from destination_group where key <> ${OTHER_GROUP}), ${scope.staffUserId}::uuid)
    on conflict (key) do update set name_ja = excluded.name_ja, name_en = excluded.name_en, patterns = excluded.patterns,
                                    updated_at = now(), updated_by = excluded.updated_by
    returning 1 as one`;
  await record(scope, 'destination-group.save', group.key, reason, { patterns });
}

/**
 * Its domains belong to `other` then. Throws DbError NOT_FOUND, CONFLICT (`group-other`; `group-in-use` where somebody has set hours for
 * it, which would silently bind nothing any more).
 */
export async function removeDestinationGroup(
  scope: StaffScope,
  { key, reason }: { key: string; reason: string },
): Promise<void> {
  await lockWindows(scope, 'change');
  if (key === OTHER_GROUP) {
    throw new DbError('CONFLICT', 'What is left over has to belong somewhere.', {
      reason: 'group-other',
    });
  }
  const used = await scope.sql`
    select 1 as one from installation where group_windows ? ${key}
    union all select 1 from tenant where group_windows ? ${key}
    union all select 1 from campaign where group_windows ? ${key} and state not in ('finished', 'cancelled') limit 1`;
  if (used[0]) {
    throw new DbError('CONFLICT', 'Somebody has set hours for this group.', {
      reason: 'group-in-use',
    });
  }
  const rows = await scope.sql`delete from destination_group where key = ${key} returning 1 as one`;
  if (!rows[0]) throw new DbError('NOT_FOUND', 'There is no such group.');
  await record(scope, 'destination-group.remove', key, reason, {});
}

async function record(
  scope: StaffScope,
  action: string,
  key: string,
  reason: string,
  detail: Record<string, unknown>,
): Promise<void> {
  // A domain that changes its group may be open now.
  await scope.sql`
    update campaign_lane set next_due_at = now() where done_at is null and next_due_at > now() returning 1 as one`;
  await audit(scope, { action, target: `destination-group:${key}`, reason, detail });
  await notifyDue(scope);
}

function refusal(reason: string, message: string): DbError {
  return new DbError('INVALID_INPUT', message, { reason });
}
