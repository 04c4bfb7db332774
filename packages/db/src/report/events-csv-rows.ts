/**
 * Everything the log knows of a campaign: one row per attempt, and one for each recipient without any, so that the file
 * accounts for everybody. Each piece is its own transaction: a slow download holds none open.
 */
import type { DeliveryState, Disposition } from '@hikyaku/contracts';
import { requireUuid } from '../scope/ids.ts';
import type { TenantRunner, TenantScope } from '../scope/scopes.ts';
import type { DeliveryAttempt } from './delivery-timeline.ts';

/** Attempt columns are null for a recipient without an attempt. Cells that begin with = + - @ are the writer's to guard. */
export interface EventCsvRow {
  deliveryId: string;
  email: string;
  domain: string;
  state: DeliveryState;
  stateAt: Date;
  /** Why it was cancelled, bounced … */
  stateCategory: string | null;
  attempt: number | null;
  at: Date | null;
  disposition: Disposition | null;
  category: string | null;
  phase: string | null;
  code: number | null;
  enhanced: string | null;
  text: string | null;
  source: string | null;
  mxHost: string | null;
  mxAddress: string | null;
  session: string | null;
  transaction: number | null;
  mode: DeliveryAttempt['mode'] | null;
  envelopeMs: number | null;
  dotMs: number | null;
  sizeBytes: number | null;
  tls: string | null;
}

const RECIPIENTS_PER_PIECE = 2_000;

/** `run` is `(work) => withTenant(db, tenantId, work)`. Ends at once when this tenant has no such campaign. */
export async function* eventsCsvRows(
  run: TenantRunner,
  campaignId: string,
): AsyncGenerator<EventCsvRow> {
  const id = requireUuid(campaignId, 'The campaign id');
  let after: bigint | null = -1n;
  while (after !== null) {
    const behind: bigint = after;
    const piece = await run((scope) => readPiece(scope, id, behind));
    for (const { recipientId: _, ...row } of piece) yield row;
    after = piece.at(-1)?.recipientId ?? null;
  }
}

async function readPiece(scope: TenantScope, campaignId: string, after: bigint) {
  return scope.sql<EventCsvRow & { recipientId: bigint }>`
    with d as materialized (
      select id, recipient_id, email, domain, state, state_at, category from delivery
       where tenant_id = ${scope.tenantId}::uuid and campaign_id = ${campaignId}::uuid and recipient_id > ${after}
       order by recipient_id limit ${RECIPIENTS_PER_PIECE}
    )
    select d.recipient_id as "recipientId", d.id::text as "deliveryId", d.email, d.domain, d.state::text as state,
           d.state_at as "stateAt", d.category as "stateCategory", e.attempt, e.at, e.disposition::text as disposition,
           e.category, e.phase, e.code, e.enhanced, e.text, e.source, e.mx_host as "mxHost", e.mx_address as "mxAddress",
           e.session, e.transaction, e.mode::text as mode, e.envelope_ms as "envelopeMs", e.dot_ms as "dotMs",
           e.size_bytes as "sizeBytes", e.tls
      from d left join delivery_event e on e.tenant_id = ${scope.tenantId}::uuid and e.delivery_id = d.id
     order by d.recipient_id, e.at, e.attempt`;
}
