/**
 * The settle: state and log row in one statement, events only from the rows that the UPDATE returned, so that a repeat
 * after a doubtful COMMIT is harmless. Bound to the epoch and the moment of the fence, not to the lease: what happened is recorded even
 * when the lease is gone, and a late outcome of the same epoch replaces `unknown`; not a deferral in a campaign that is over,
 * which nobody would send again. A recipient refused in the envelope of a bulk transaction was never fenced: it is settled
 * from `waiting`, while the lane is still of that epoch.
 */
import { plainArray, textArray } from '../scope/array-literal.ts';
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

/** What the outcomes of one statement mostly have in common: sent once for all rows that share it. */
const SHARED = {
  tenantId: 'uuid',
  laneId: 'bigint',
  epoch: 'int',
  state: 'delivery_state',
  disposition: 'disposition',
  source: 'text',
  mxHost: 'text',
  mxAddress: 'text',
  mode: 'delivery_mode',
  phase: 'text',
  code: 'smallint',
  enhanced: 'text',
  category: 'text',
  tls: 'text',
  isUnfenced: 'bool',
} as const satisfies Partial<Record<Column, string>>;

const OWN = {
  id: 'bigint',
  nextAttemptMs: 'float8',
  atMs: 'float8',
  session: 'text',
  transaction: 'int',
  text: 'text',
  envelopeMs: 'int',
  dotMs: 'int',
  sizeBytes: 'int',
  attemptsBefore: 'int',
  fencedAtMs: 'float8',
} as const satisfies Record<Exclude<Column, keyof typeof SHARED>, string>;

const SHARED_KEYS = Object.keys(SHARED) as (keyof typeof SHARED)[];
const OWN_KEYS = Object.keys(OWN) as (keyof typeof OWN)[];
const TYPES = { ...SHARED, ...OWN };

const parameters = (keys: readonly Column[], from: number) =>
  keys.map((key, i) => `$${i + from}::${TYPES[key]}[]`).join(', ');
const names = (keys: readonly Column[]) => keys.map((key) => `"${key}"`).join(', ');

const SETTLE = `
with shared as materialized (
  select * from unnest(${parameters(SHARED_KEYS, 1)}) with ordinality as s(${names(SHARED_KEYS)}, nth)
), o as materialized (
  select ${names(SHARED_KEYS)}, ${names(OWN_KEYS)}
    from unnest($${SHARED_KEYS.length + 1}::int[], ${parameters(OWN_KEYS, SHARED_KEYS.length + 2)}) as own(nth, ${names(OWN_KEYS)})
    join shared using (nth)
), u as (
  update delivery d
     set state = o.state, state_at = now(), category = o.category, code = o.code, enhanced = o.enhanced,
         attempts = case when d.state = 'unknown' then d.attempts else d.attempts + 1 end,
         next_attempt_at = coalesce(to_timestamp(o."nextAttemptMs" / 1000), d.next_attempt_at)
    from o
   where d.tenant_id = o."tenantId" and d.id = o.id and d.lane_id = o."laneId"
     and (d.epoch = o.epoch and (d.state = 'sending' and (o."fencedAtMs" is null or d.state_at = to_timestamp(o."fencedAtMs" / 1000))
         or d.state = 'unknown' and o.state <> 'unknown' and (o.state <> 'waiting'
            or exists (select from campaign c where c.tenant_id = d.tenant_id and c.id = d.campaign_id and c.finished_at is null)))
       or o."isUnfenced" and d.state = 'waiting' and d.attempts = o."attemptsBefore"
          and exists (select from lane l where l.id = o."laneId" and l.epoch = o.epoch))
  returning d.campaign_id, d.attempts, o.*
)
insert into delivery_event (tenant_id, delivery_id, attempt, at, campaign_id, lane_id, epoch, source, mx_host, mx_address,
  session, transaction, mode, phase, code, enhanced, text, category, disposition, envelope_ms, dot_ms, size_bytes, tls)
select "tenantId", id, attempts, to_timestamp("atMs" / 1000), campaign_id, "laneId", epoch, source, "mxHost", "mxAddress",
  session, transaction, mode, phase, code, enhanced, text, category, disposition, "envelopeMs", "dotMs", "sizeBytes", tls
from u`;

/** How many rows changed; those that a newer epoch has taken over are left alone. */
export async function settleDeliveries(
  scope: WorkerScope,
  outcomes: readonly Outcome[],
): Promise<number> {
  const shared = new Map<string, { nth: number; outcome: Outcome }>();
  const nths = outcomes.map((outcome) => {
    let key = '';
    for (const name of SHARED_KEYS) key += `${outcome[name]}\0`;
    const found = shared.get(key) ?? { nth: shared.size + 1, outcome };
    shared.set(key, found);
    return found.nth;
  });
  const commons = [...shared.values()].map(({ outcome }) => outcome);
  const { rowCount } = await scope.query(SETTLE, [
    ...SHARED_KEYS.map((key) => column(commons, key)),
    plainArray(nths),
    ...OWN_KEYS.map((key) => column(outcomes, key)),
  ]);
  return rowCount;
}

function column(outcomes: readonly Outcome[], key: Column): string {
  const values = outcomes.map((outcome) => outcome[key]);
  return TYPES[key] === 'text' ? textArray(values as (string | null)[]) : plainArray(values);
}
