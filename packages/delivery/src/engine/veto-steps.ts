/**
 * The false-550 protection in the core: what it holds up, what its probes are, and what becomes of a refusal that it vetoes.
 * Invariant: a vetoed refusal never ends as a bounce of its mailbox: it waits, is retried once, and else ends as a block.
 */
import type { SeenResult, VetoDecision } from '../burst-veto.ts';
import type { Verdict } from '../failure-policy.ts';
import type { RowOutcome } from './commands.ts';
import type { Now, Row } from './facts.ts';
import { feedOf, putAside, rescan, windowOf } from './feed.ts';
import type { EngineState, Lane, Pool, Transaction } from './state.ts';

/** Epoch ms before which nothing of the tenant goes there; now or earlier: it may go. */
export function heldUntilMs(pool: Pool, tenantId: string, now: Now): number {
  const may = pool.memory.veto.mayGo(tenantId, now.wallMs);
  return may === 'yes' ? now.wallMs : may.untilMs;
}

export function isProbing(pool: Pool, tenantId: string, now: Now): boolean {
  return pool.memory.veto.isProbing(tenantId, now.wallMs);
}

/** A transaction of the tenant begins: where its probe was due, this is it. */
export function taken(
  state: EngineState,
  lane: Lane,
  pool: Pool,
  tenantId: string,
  now: Now,
): void {
  decide(state, lane, pool, pool.memory.veto.onTaken(tenantId, now.wallMs), now);
}

/** What becomes of the row where its refusal is vetoed, or was before; undefined where the verdict stands. */
export function vetoed(
  state: EngineState,
  transaction: Transaction,
  row: Row,
  verdict: Verdict,
  now: Now,
): Pick<RowOutcome, 'state' | 'disposition' | 'category' | 'nextAttemptMs'> | undefined {
  const pool = transaction.session?.pool;
  const lane = state.lanes.get(transaction.laneId);
  const kind = kindOf(verdict);
  if (!pool || !kind) return undefined;
  const { veto, domains } = pool.memory;
  domains.add(row.domain);
  const { isVetoed, isStanding, decisions } = veto.observe({
    tenantId: row.tenantId,
    list: row.campaignId,
    sentMs: now.wallMs - (now.monoMs - transaction.startedMs),
    kind,
    isCanary: row.isCanary === true,
    isRetried: row.isQuarantined === true,
    atMs: now.wallMs,
  });
  decide(state, lane, pool, decisions, now);
  const isRetried = row.isQuarantined === true && !isStanding;
  if (kind === 'accepted' || !(isVetoed || isRetried)) return undefined;
  const atMs = veto.retryAtMs(row.tenantId, now.wallMs);
  const feed = feedOf(lane, transaction.campaignId);
  const hasTime = !feed || atMs < windowOf(feed, row.group).expiresAtMs;
  if (isRetried || !hasTime) return { ...BLOCKED, category: 'reputation', nextAttemptMs: null };
  return { ...HELD, category: 'quarantined', nextAttemptMs: atMs };
}

/** What was put aside until the probe is read again now. */
export function released(
  state: EngineState,
  now: Now,
  { site, source }: { site: string; source: string },
): void {
  state.sites.get(`${site}|${source}`)?.veto.release(undefined, now.wallMs);
  for (const lane of state.lanes.values()) {
    if (lane.facts.source !== source || !lane.pools.has(site)) continue;
    for (const feed of lane.feeds.values()) rescan(feed);
  }
}

function decide(
  state: EngineState,
  lane: Lane | undefined,
  pool: Pool,
  decisions: readonly VetoDecision[],
  now: Now,
): void {
  for (const decision of decisions) {
    if (!lane) continue;
    if (decision.state === 'blocked') withdrawHeld(lane, pool, decision, now);
    state.out.push({
      type: 'decide-veto',
      laneId: lane.facts.laneId,
      site: pool.site,
      source: lane.facts.source,
      decision,
      domains: [...pool.memory.domains],
    });
  }
}

/** Rows of who is held up leave the queue until the probe: they must not fill the lane's room. */
function withdrawHeld(
  lane: Lane,
  pool: Pool,
  { tenantId, probeAtMs }: VetoDecision,
  now: Now,
): void {
  for (const feed of lane.feeds.values()) {
    const { campaign } = feed;
    if (tenantId !== null && campaign.tenantId !== tenantId) continue;
    const carried = pool.carried.get(campaign.campaignId) ?? [];
    pool.carried.delete(campaign.campaignId);
    const queued = pool.queue.withdraw(campaign.tenantId, campaign.campaignId);
    for (const row of [...carried, ...queued]) putAside(feed, row, probeAtMs ?? now.wallMs);
  }
}

function kindOf({ disposition, effects }: Verdict): SeenResult['kind'] | undefined {
  if (disposition === 'accepted') return 'accepted';
  if (disposition !== 'bounced') return undefined;
  if (effects.includes('clean-candidate')) return 'dead';
  return effects.includes('quarantine') ? 'block' : undefined;
}

const HELD = { state: 'waiting', disposition: 'deferred' } as const;
const BLOCKED = { state: 'bounced', disposition: 'bounced' } as const;
