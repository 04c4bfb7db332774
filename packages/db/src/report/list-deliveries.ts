/** The recipients of a campaign behind any number of its report, in the order of the audience, by keyset. */
import { DELIVERY_STATES, type DeliveryState } from '@hikyaku/contracts';
import { DbError } from '../scope/db-error.ts';
import { requireBigId, requireUuid } from '../scope/ids.ts';
import { emptyFragment, fragment, joinFragments, type TenantScope } from '../scope/scopes.ts';

export interface DeliveryFilter {
  /** `deferred`: waiting, and tried at least once. */
  state?: DeliveryState | 'deferred';
  domain?: string;
  /** null: those without one. */
  category?: string | null;
  code?: number | null;
  enhanced?: string | null;
}

export interface ListDeliveriesInput {
  campaignId: string;
  filter?: DeliveryFilter;
  /** A whole address, or a part of one. */
  search?: string;
  /** `next` of the page before. */
  after?: string | null;
  /** 1 … 500, default 50. */
  limit?: number;
}

export interface DeliveryRow {
  id: string;
  email: string;
  domain: string;
  state: DeliveryState;
  attempts: number;
  category: string | null;
  code: number | null;
  enhanced: string | null;
  stateAt: Date;
  /** Only of meaning while it waits. */
  nextAttemptAt: Date;
}

export interface DeliveryPage {
  rows: DeliveryRow[];
  /** Give it back as `after`; null on the last page. */
  next: string | null;
}

/** Empty when this tenant has no such campaign. Throws DbError INVALID_ID, INVALID_INPUT (`state`). */
export async function listDeliveries(
  scope: TenantScope,
  input: ListDeliveriesInput,
): Promise<DeliveryPage> {
  const campaignId = requireUuid(input.campaignId, 'The campaign id');
  const after = input.after == null ? null : BigInt(requireCursor(input.after));
  const limit = Math.min(Math.max(Math.trunc(input.limit ?? 50), 1), 500);
  const conditions = [
    fragment`tenant_id = ${scope.tenantId}::uuid and campaign_id = ${campaignId}::uuid`,
    after === null ? emptyFragment : fragment`and recipient_id > ${after}`,
    ...filterConditions(input.filter ?? {}),
    searchCondition(input.search?.trim().toLowerCase() ?? ''),
  ];
  const found = await scope.sql<DeliveryRow & { recipientId: bigint }>`
    select id::text as id, recipient_id as "recipientId", email, domain, state::text as state, attempts, category, code,
           enhanced, state_at as "stateAt", next_attempt_at as "nextAttemptAt"
      from delivery where ${joinFragments(conditions, ' ')}
     order by recipient_id limit ${limit + 1}`;
  const rows = found.slice(0, limit);
  const next = found.length > limit ? (rows.at(-1)?.recipientId.toString() ?? null) : null;
  return { rows: rows.map(({ recipientId: _, ...row }) => row), next };
}

function filterConditions({ state, domain, category, code, enhanced }: DeliveryFilter) {
  return [
    state === undefined ? emptyFragment : stateCondition(state),
    domain === undefined ? emptyFragment : fragment`and domain = ${domain}`,
    category === undefined
      ? emptyFragment
      : fragment`and category is not distinct from ${category}::text`,
    code === undefined ? emptyFragment : fragment`and code is not distinct from ${code}::int`,
    enhanced === undefined
      ? emptyFragment
      : fragment`and enhanced is not distinct from ${enhanced}::text`,
  ];
}

function stateCondition(state: DeliveryState | 'deferred') {
  if (state === 'deferred') return fragment`and state = 'waiting' and attempts > 0`;
  if (DELIVERY_STATES.includes(state)) return fragment`and state = ${state}::delivery_state`;
  throw new DbError('INVALID_INPUT', 'There is no such delivery state.', { reason: 'state' });
}

function searchCondition(search: string) {
  if (search === '') return emptyFragment;
  // A whole address is found through its index; a part of one by reading the campaign's rows.
  if (/^[^@]+@[^@]+\.[^@]+$/.test(search)) return fragment`and email_key = ${search}`;
  return fragment`and strpos(email_key, ${search}) > 0`;
}

function requireCursor(cursor: string): string {
  return cursor === '0' ? cursor : requireBigId(cursor, 'The cursor').toString();
}
