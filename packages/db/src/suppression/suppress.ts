/**
 * Enters people into suppression and cancels what still waits for them, in one transaction: from its commit on, nobody fences them.
 * The tenant's row is locked first. A fence holds it FOR SHARE, so that no fence of this tenant is under way meanwhile.
 */
import type { SuppressionReason } from '@hikyaku/contracts';
import { audit } from '../audit/audit.ts';
import { DbError } from '../scope/db-error.ts';
import { requireBigId } from '../scope/ids.ts';
import { notifyDue } from '../scope/notify-due.ts';
import type { TenantScope } from '../scope/scopes.ts';
import { emailKeyOf } from './email-key.ts';
import { weakerReasons } from './weaker-reasons.ts';

const EMAILS_MAX = 10_000;

export interface SuppressInput {
  /** As written; compared in lower case. At most 10 000 at a time. */
  emails: readonly string[];
  reason: SuppressionReason;
  note?: string;
  /** The attempt that caused it. */
  source?: { deliveryId: string; attempt: number | null };
}

export interface SuppressResult {
  /** New entries. */
  added: number;
  /** People who were suppressed already. */
  already: number;
  /** Waiting deliveries, of all campaigns, that are cancelled now. */
  cancelled: number;
}

/** Idempotent; of two reasons the stronger stands. Throws DbError INVALID_INPUT (`too_many`, `email`) and INVALID_ID. */
export async function suppress(scope: TenantScope, input: SuppressInput): Promise<SuppressResult> {
  const people = distinctPeople(input.emails);
  if (people.size === 0) return { added: 0, already: 0, cancelled: 0 };
  const keys = [...people.keys()];
  const emails = [...people.values()];
  const { reason, note = '', source } = input;
  const sourceId = source ? requireBigId(source.deliveryId, 'The source delivery id') : null;

  await scope.sql`select 1 from tenant where id = ${scope.tenantId}::uuid for no key update`;
  await releaseWeaker(scope, keys, reason);
  const added = await scope.sql<{ id: bigint }>`
    insert into suppression (tenant_id, email, email_key, reason, source_delivery_id, source_attempt, note, created_by)
    select ${scope.tenantId}::uuid, p.email, p.email_key, ${reason}::suppression_reason, ${sourceId}::bigint,
           ${source?.attempt ?? null}::int, ${note}, ${scope.actorId}::uuid
      from unnest(${emails}::text[], ${keys}::text[]) as p(email, email_key)
     order by p.email_key
    on conflict (tenant_id, email_key) where released_at is null do nothing
    returning id`;
  const cancelled = await cancelWaitingOf(scope, keys, reason);
  await audit(scope, {
    action: 'suppression.add',
    // Ids and not addresses: a row of the audit outlives a person's erasure.
    target: added.length === 1 ? `suppression:${added[0]?.id}` : '',
    reason: note,
    detail: { reason, people: people.size, added: added.length, cancelled },
  });
  await notifyDue(scope);
  return { added: added.length, already: people.size - added.length, cancelled };
}

function distinctPeople(emails: readonly string[]): Map<string, string> {
  if (emails.length > EMAILS_MAX) {
    const message = `${emails.length} addresses at once; at most ${EMAILS_MAX}. Upload a suppression list instead.`;
    throw new DbError('INVALID_INPUT', message, { reason: 'too_many' });
  }
  const people = new Map<string, string>();
  for (const written of emails) {
    const email = written.trim();
    // Shape only: whether the address is a good one is the audience room's matter.
    if (!/^[^\s]+@[^\s@]+$/.test(email) || email.length > 320) {
      throw new DbError('INVALID_INPUT', 'An entry is not an address.', { reason: 'email' });
    }
    people.set(emailKeyOf(email), email);
  }
  return people;
}

async function releaseWeaker(scope: TenantScope, keys: string[], reason: SuppressionReason) {
  const weaker = weakerReasons(reason);
  if (weaker.length === 0) return;
  await scope.sql`
    update suppression set released_at = now(), released_by = ${scope.actorId}::uuid, release_reason = ${`superseded: ${reason}`}
     where tenant_id = ${scope.tenantId}::uuid and email_key = any(${keys}::text[]) and released_at is null
       and reason = any(${weaker}::suppression_reason[])`;
}

async function cancelWaitingOf(scope: TenantScope, keys: string[], reason: SuppressionReason) {
  const rows = await scope.sql<{ count: number }>`
    with ours as (
      select id from delivery
       where tenant_id = ${scope.tenantId}::uuid and email_key = any(${keys}::text[]) and state = 'waiting'
       order by id for no key update
    ), gone as (
      update delivery d set state = 'cancelled', state_at = now(), category = ${`suppressed:${reason}`}
        from ours where d.tenant_id = ${scope.tenantId}::uuid and d.id = ours.id and d.state = 'waiting'
      returning 1
    ) select count(*)::int as count from gone`;
  return rows[0]?.count ?? 0;
}
