/** One recipient of a campaign with every attempt, as the log has it: the proof of what happened. */
import type { DeliveryState, Disposition } from '@hikyaku/contracts';
import { requireBigId } from '../scope/ids.ts';
import type { TenantScope } from '../scope/scopes.ts';

export interface DeliveryAttempt {
  attempt: number;
  at: Date;
  source: string;
  mxHost: string;
  mxAddress: string;
  session: string;
  transaction: number;
  mode: 'one_to_one' | 'bulk';
  /** The command that the reply answers, or CRASH. */
  phase: string;
  code: number | null;
  enhanced: string | null;
  /** The server's words, raw: show them as text only. */
  text: string;
  category: string;
  disposition: Disposition;
  envelopeMs: number | null;
  dotMs: number | null;
  sizeBytes: number;
  tls: string | null;
}

export interface DeliveryTimeline {
  id: string;
  campaignId: string;
  campaignName: string;
  email: string;
  domain: string;
  fields: Record<string, string>;
  state: DeliveryState;
  stateAt: Date;
  nextAttemptAt: Date;
  attempts: number;
  category: string | null;
  /** An active suppression of this person, whatever caused it. */
  suppression: { id: string; reason: string; createdAt: Date } | null;
  /** In order of time. */
  events: DeliveryAttempt[];
}

/** null when this tenant has no such delivery. Throws DbError INVALID_ID. */
export async function deliveryTimeline(
  scope: TenantScope,
  deliveryId: string,
): Promise<DeliveryTimeline | null> {
  const id = requireBigId(deliveryId, 'The delivery id');
  const rows = await scope.sql<Omit<DeliveryTimeline, 'events' | 'suppression'> & SuppressedAs>`
    select d.id::text as id, d.campaign_id as "campaignId", c.name as "campaignName", d.email, d.domain, d.fields,
           d.state::text as state, d.state_at as "stateAt", d.next_attempt_at as "nextAttemptAt", d.attempts, d.category,
           s.id::text as "suppressionId", s.reason::text as "suppressionReason", s.created_at as "suppressedAt"
      from delivery d
      join campaign c on c.tenant_id = d.tenant_id and c.id = d.campaign_id
      left join suppression s on s.tenant_id = d.tenant_id and s.email_key = d.email_key and s.released_at is null
     where d.tenant_id = ${scope.tenantId}::uuid and d.id = ${id}`;
  if (!rows[0]) return null;
  const { suppressionId, suppressionReason, suppressedAt, ...delivery } = rows[0];
  const events = await scope.sql<DeliveryAttempt>`
    select attempt, at, source, mx_host as "mxHost", mx_address as "mxAddress", session, transaction, mode::text as mode,
           phase, code, enhanced, text, category, disposition::text as disposition, envelope_ms as "envelopeMs",
           dot_ms as "dotMs", size_bytes as "sizeBytes", tls
      from delivery_event where tenant_id = ${scope.tenantId}::uuid and delivery_id = ${id}
     order by at, attempt`;
  const suppression = suppressionId
    ? { id: suppressionId, reason: suppressionReason, createdAt: suppressedAt }
    : null;
  return { ...delivery, suppression, events };
}

interface SuppressedAs {
  suppressionId: string | null;
  suppressionReason: string;
  suppressedAt: Date;
}
