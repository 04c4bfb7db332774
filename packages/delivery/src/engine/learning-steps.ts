/** What a site's answers teach about it: limits, rate, rest (delivery-engine.md §3 and §4). */
import type { Effect } from '../failure-policy.ts';
import type { Verdictable } from './events.ts';
import type { Now } from './facts.ts';
import type { EngineState, Feed, Lane, Pool, Tally, Transaction } from './state.ts';

/** How many recipients a bulk transaction got through, and where the server stopped. */
export function learnFromEnvelope(
  transaction: Transaction,
  recipients: readonly Verdictable[],
  now: Now,
): void {
  const { session, rows } = transaction;
  if (!session || rows.length < 2) return;
  const { limits } = session.pool.memory;
  const first = recipients.find((one) => one.kind === 'carried-over' && one.code !== null);
  if (first) {
    const refusedBefore = recipients.filter(
      (one) => one.kind === 'answered' && one.index < first.index,
    );
    const accepted = first.index - refusedBefore.length;
    const why = `${first.code} after ${accepted} recipients`;
    limits.onTooManyRecipients(accepted, now.wallMs, why);
    return;
  }
  const isCut = recipients.every((one) => one.code === null && one.phase === 'rcpt');
  if (isCut) {
    limits.onCutInEnvelope(rows.length, now.wallMs);
    return;
  }
  const accepted = recipients.filter((one) => one.category === 'accepted').length;
  const { isProbeForbidden } = session.pool.profile;
  limits.onFullTransaction(accepted, now.wallMs, isProbeForbidden === true);
}

export function applyEffects(
  state: EngineState,
  transaction: Transaction,
  effects: readonly Effect[],
  one: Verdictable,
  now: Now,
): void {
  const pool = transaction.session?.pool;
  if (!pool) return;
  for (const effect of effects) {
    if (effect !== 'lower-rate')
      pool.memory.trouble = { why: whyOf(one.code, one.category), atMs: now.wallMs };
    if (effect === 'back-off-site') pool.memory.backoff.onFailure(now.wallMs, state.random.next());
    // A 421 ends its session, and is counted there.
    else if (effect === 'lower-concurrency' && one.code !== 421)
      pool.memory.concurrency.onFailure(pool.hosts > 1);
    else if (effect === 'lower-rate')
      pool.memory.limits.onRateRefused(perSecond(pool), now.wallMs, whyOf(one.code, one.category));
  }
}

/** Counts one recipient's verdict for its site, its campaign and the process. */
export function count(
  state: EngineState,
  transaction: Transaction,
  feed: Feed | undefined,
  disposition: keyof Tally,
): void {
  state.tally[disposition] += 1;
  if (feed) feed.tally[disposition] += 1;
  if (transaction.session) transaction.session.pool.tally[disposition] += 1;
}

/** In words for staff. */
export function whyOf(code: number | null, category: string): string {
  return `${code ?? ''} ${category}`.trim();
}

/** Keeps the measured pace; to be called every now and then. */
export function measurePace(pool: Pool, now: Now): void {
  const { pace } = pool;
  const tookMs = now.monoMs - pace.sinceMonoMs;
  if (tookMs < PACE_MS) return;
  const perMs = pace.done / tookMs;
  pace.perMs = pace.perMs === 0 ? perMs : pace.perMs + (perMs - pace.perMs) * PACE_GAIN;
  pace.done = 0;
  pace.sinceMonoMs = now.monoMs;
}

/** Says what was learned since it was last said. */
export function saveLearned(state: EngineState, lane: Lane, pool: Pool): void {
  const { limits, savedRevision } = pool.memory;
  if (limits.revision === savedRevision) return;
  pool.memory.savedRevision = limits.revision;
  const { source } = lane.facts;
  state.out.push({ type: 'save-learned', site: pool.site, source, learned: { ...limits.learned } });
}

function perSecond(pool: Pool): number {
  return Math.max(1, pool.pace.perMs * 1_000);
}

const PACE_MS = 1_000;
const PACE_GAIN = 0.3;
