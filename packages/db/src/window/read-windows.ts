/** Windows as they are stored: of the installation, of the tenant, and the destination groups that they may name. */
import type { DestinationGroup, LevelWindows, Window } from '@hikyaku/campaigns';
import type { StaffScope, TenantScope } from '../scope/scopes.ts';

/** A destination group with its names, as screens show it. */
export interface NamedGroup extends DestinationGroup {
  nameJa: string;
  nameEn: string;
}

/** In the order in which staff have put them; `other` is one of them. */
export async function readGroups(scope: TenantScope | StaffScope): Promise<NamedGroup[]> {
  return scope.sql<NamedGroup>`
    select key, name_ja as "nameJa", name_en as "nameEn", patterns from destination_group order by position, key`;
}

/** What binds everybody. */
export async function readInstallationWindows(
  scope: TenantScope | StaffScope,
): Promise<LevelWindows> {
  const rows = await scope.sql<LevelWindows>`
    select "window", group_windows as "groupWindows" from installation`;
  if (!rows[0]) throw new Error('The installation has no row: its migrations have not run.');
  return rows[0];
}

/** What binds all of this tenant. */
export async function readTenantWindows(scope: TenantScope): Promise<LevelWindows> {
  const rows = await scope.sql<LevelWindows>`
    select "window", group_windows as "groupWindows" from tenant where id = ${scope.tenantId}::uuid`;
  return rows[0] as LevelWindows;
}

/**
 * Holds off changes of windows (`share`: a campaign that is checked and scheduled) or everything that relies on them (`change`),
 * until the transaction ends. Otherwise both could pass their checks and leave a campaign without any time.
 */
export async function lockWindows(
  scope: TenantScope | StaffScope,
  how: 'share' | 'change',
): Promise<void> {
  if (how === 'share')
    await scope.sql`select 1 as one from pg_advisory_xact_lock_shared(${WINDOWS_LOCK}::bigint)`;
  else await scope.sql`select 1 as one from pg_advisory_xact_lock(${WINDOWS_LOCK}::bigint)`;
}

const WINDOWS_LOCK = 72_707_372;

/** A campaign's own windows, in a row. */
export type CampaignWindows = { window: Window; groupWindows: Record<string, Window> };
