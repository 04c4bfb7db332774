/** Who did what to whom and why. Every act of staff and every act that stops or starts sending leaves a row; none can be changed. */
import { plane } from '../scope/plane.ts';
import type { AuthScope, StaffScope, TenantScope } from '../scope/scopes.ts';
import type { WorkerScope } from '../scope/worker-scope.ts';

export interface AuditEntry {
  /** A stable name: `noun.verb`, e.g. `campaign.pause`. */
  action: string;
  /** What it was done to, e.g. `campaign:<id>`. */
  target?: string;
  /** In the words of who did it. */
  reason?: string;
  /** JSON. */
  detail?: Record<string, unknown>;
  /** For staff, auth and worker: the tenant concerned. A tenant's own scope knows it. */
  tenantId?: string | null;
  /** For auth and worker: who acted. Tenant and staff scopes know it. */
  actorId?: string | null;
}

/** Writes one row in the scope's transaction (worker: at once). */
export async function audit(
  scope: TenantScope | StaffScope | AuthScope | WorkerScope,
  entry: AuditEntry,
): Promise<void> {
  const { action, target = '', reason = '' } = entry;
  const detail = JSON.stringify(entry.detail ?? {});
  const { tenantId, actorId } = whoAndWhere(scope, entry);
  const isStaff = scope[plane] === 'staff';
  if (scope[plane] === 'worker') {
    await scope.query(
      `insert into audit (tenant_id, actor_id, is_staff, action, target, reason, detail)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [tenantId, actorId, isStaff, action, target, reason, detail],
    );
    return;
  }
  await scope.sql`
    insert into audit (tenant_id, actor_id, is_staff, action, target, reason, detail)
    values (${tenantId}::uuid, ${actorId}::uuid, ${isStaff}, ${action}, ${target}, ${reason}, ${detail}::jsonb)`;
}

function whoAndWhere(scope: TenantScope | StaffScope | AuthScope | WorkerScope, entry: AuditEntry) {
  const given = { tenantId: entry.tenantId ?? null, actorId: entry.actorId ?? null };
  if (scope[plane] === 'tenant') return { tenantId: scope.tenantId, actorId: scope.actorId };
  if (scope[plane] === 'staff') return { ...given, actorId: scope.staffUserId };
  return given;
}
