/** Tells the workers, when this transaction commits, that something may be due. */
import { DUE_CHANNEL } from '@hikyaku/contracts';
import type { StaffScope, TenantScope } from './scopes.ts';

/** Nothing is lost without it: the timer looks by itself a second later. */
export async function notifyDue(scope: TenantScope | StaffScope): Promise<void> {
  await scope.sql`select 1 from pg_notify(${DUE_CHANNEL}, '')`;
}
