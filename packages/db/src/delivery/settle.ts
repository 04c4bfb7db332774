/**
 * The settle: state and log row in one statement, events only from the rows that the UPDATE returned, so that a repeat
 * after a doubtful COMMIT is harmless. Bound to the epoch and the moment of the fence, not to the lease: what happened is recorded even
 * when the lease is gone, and a late outcome of the same epoch replaces `unknown`; not a deferral in a campaign that is over,
 * which nobody would send again. A recipient refused in the envelope of a bulk transaction was never fenced: it is settled
 * from `waiting`, while the lane is still of that epoch.
 */
import { plainArray, textArray } from '../scope/array-literal.ts';
import { distinct } from '../scope/distinct.ts';
import type { WorkerScope } from '../scope/worker-scope.ts';

/** What became of one fenced delivery, with everything that the log keeps of the attempt. */
export interface Outcome {
  tenantId: string;
  id: string;
  laneId: string;
  epoch: number;
  state: 'accepted' | 'bounced' | 'waiting' | 'expired' | 'unknown';
  disposition: 'accepted' | 'deferred' | 'bounced' | 'unknown';
  /** Epoch ms; for `waiting`. */
  nextAttemptMs: number | null;
  atMs: number;
  source: string;
  mxHost: string;
  mxAddress: string;
  session: string;
  transaction: number;
  mode: 'one_to_one' | 'bulk';
  /** The command that the reply answers: MAIL, RCPT, DATA, DOT … */
  phase: string;
  code: number | null;
  enhanced: string | null;
  text: string;
  category: string;
  envelopeMs: number | null;
  dotMs: number | null;
  sizeBytes: number;
  tls: string | null;
  /** Refused before any fence of it was known to hold: it may still be `waiting`. */
  isUnfenced: boolean;
  /** Of the row as it was read: an unfenced outcome that is repeated after a doubtful COMMIT finds one more. */
  attemptsBefore: number;
  /** Of the fence that it follows (epoch ms); null where there was none, or its answer was lost. */
  fencedAtMs: number | null;
}

type Column = keyof Outcome;

/** What the outcomes of one statement mostly have in common: sent once for all rows that share it. What tells most of them apart comes first. */
const SHARED = {
  mxAddress: 'text',
  laneId: 'bigint',
  tenantId: 'uuid',
  epoch: 'int',
  state: 'delivery_state',
  disposition: 'disposition',
  source: 'text',
  mxHost: 'text',
  mode: 'delivery_mode',
  phase: 'text',
  code: 'smallint',
  enhanced: 'text',
  category: 'text',
  tls: 'text',
  isUnfenced: 'bool',
} as const satisfies Partial<Record<Column, string>>;

/** Each row's own. Arrays of numbers hold no null, but ABSENT: only then is any of their elements found at once. */
const OWN = {
  id: 'bigint',
  nextAttemptMs: 'float8',
  atMs: 'float8',
  transaction: 'int',
  envelopeMs: 'int',
  dotMs: 'int',
  sizeBytes: 'int',
  attemptsBefore: 'int',
  fencedAtMs: 'float8',
} as const satisfies Partial<Record<Column, string>>;
const ABSENT = -1;

const SHARED_KEYS = Object.keys(SHARED) as (keyof typeof SHARED)[];
const OWN_KEYS = Object.keys(OWN) as (keyof typeof OWN)[];

/** Row `n` of the statement, in SQL: read from the arrays by position, because unnest() stores each array once more. */
const own = (key: keyof typeof OWN) => `($${OWN_KEYS.indexOf(key) + 4}::${OWN[key]}[])[n]`;
const shared = (key: keyof typeof SHARED) =>
  `($${SHARED_KEYS.indexOf(key) + 4 + OWN_KEYS.length}::${SHARED[key]}[])[($3::int[])[n]]`;

const SETTLE = `
with u as (
  update delivery d
     set state = ${shared('state')}, state_at = now(), category = ${shared('category')}, code = ${shared('code')}, enhanced = ${shared('enhanced')},
         attempts = case when d.state = 'unknown' then d.attempts else d.attempts + 1 end,
         next_attempt_at = case when ${own('nextAttemptMs')} < 0 then d.next_attempt_at else to_timestamp(${own('nextAttemptMs')} / 1000) end
    from unnest($1::text[], $2::text[]) with ordinality as o(session, text, n)
   where d.tenant_id = ${shared('tenantId')} and d.id = ${own('id')} and d.lane_id = ${shared('laneId')}
     and (d.epoch = ${shared('epoch')} and (d.state = 'sending' and (${own('fencedAtMs')} < 0 or d.state_at = to_timestamp(${own('fencedAtMs')} / 1000))
         or d.state = 'unknown' and ${shared('state')} <> 'unknown' and (${shared('state')} <> 'waiting'
            or (select c.finished_at is null from campaign c where c.tenant_id = d.tenant_id and c.id = d.campaign_id)))
       or ${shared('isUnfenced')} and d.state = 'waiting' and d.attempts = ${own('attemptsBefore')}
          and (select l.epoch from lane l where l.id = d.lane_id) = ${shared('epoch')})
  returning d.tenant_id, d.id, d.campaign_id, d.lane_id, d.attempts, d.category, d.code, d.enhanced, o.session, o.text, o.n
)
insert into delivery_event (tenant_id, delivery_id, attempt, at, campaign_id, lane_id, epoch, source, mx_host, mx_address,
  session, transaction, mode, phase, code, enhanced, text, category, disposition, envelope_ms, dot_ms, size_bytes, tls)
select tenant_id, id, attempts, to_timestamp(${own('atMs')} / 1000), campaign_id, lane_id, ${shared('epoch')}, ${shared('source')},
  ${shared('mxHost')}, ${shared('mxAddress')}, session, ${own('transaction')}, ${shared('mode')}, ${shared('phase')}, code, enhanced, text, category,
  ${shared('disposition')}, nullif(${own('envelopeMs')}, ${ABSENT}), nullif(${own('dotMs')}, ${ABSENT}), ${own('sizeBytes')}, ${shared('tls')}
from u`;

/** How many rows changed; those that a newer epoch has taken over are left alone. */
export async function settleDeliveries(
  scope: WorkerScope,
  outcomes: readonly Outcome[],
): Promise<number> {
  const { kinds, nths } = distinct(outcomes, (one, other) =>
    SHARED_KEYS.every((key) => one[key] === other[key]),
  );
  const { rowCount } = await scope.query(SETTLE, [
    textArray(outcomes.map(({ session }) => session)),
    textArray(outcomes.map(({ text }) => text)),
    plainArray(nths),
    ...OWN_KEYS.map((key) => plainArray(outcomes.map((outcome) => outcome[key] ?? ABSENT))),
    ...SHARED_KEYS.map((key) => column(kinds, key)),
  ]);
  return rowCount;
}

function column(outcomes: readonly Outcome[], key: keyof typeof SHARED): string {
  const values = outcomes.map((outcome) => outcome[key]);
  return SHARED[key] === 'text' ? textArray(values as (string | null)[]) : plainArray(values);
}
