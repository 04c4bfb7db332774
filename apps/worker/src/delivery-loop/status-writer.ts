/**
 * Every few seconds: what this worker does at each site, how fast, and how fast each campaign goes, from what the core has in
 * memory. Rates are smoothed over about half a minute. Nothing here is per message, and nothing waits for it.
 */
import {
  type CampaignPace,
  type SiteStatusRow,
  writeCampaignPaces,
  writeSiteStatus,
} from '@hikyaku/db/worker';
import {
  type EngineState,
  type Feed,
  type Lane,
  type Pool,
  type Tally,
  windowOf,
} from '@hikyaku/delivery';
import type { LoopDeps } from './lanes.ts';

export interface StatusWriter {
  /** A session is being opened there: the site is written down from now on, also when its lane is over soon. */
  meet(laneId: string, site: string): void;
  /** Writes what is left. */
  stop(): Promise<void>;
}

export function createStatusWriter(
  { scope, logger, owner }: Pick<LoopDeps, 'scope' | 'logger' | 'owner'>,
  state: Readonly<EngineState>,
  everyMs: number,
): StatusWriter {
  const met = new Map<Pool, { lane: Lane; meter: Meter }>();
  const feeds = new WeakMap<Feed, Meter>();
  let writing: Promise<void> | undefined;
  let lastMs = performance.now();

  const rowsSince = (tookMs: number): SiteStatusRow[] => {
    const rows: SiteStatusRow[] = [];
    for (const [pool, { lane, meter }] of met) {
      const since = meter.measure(pool.tally, tookMs);
      const row = rowOf(state, lane, pool, meter);
      const isBusy = pool.sessions.size > 0;
      const busyMs = isBusy || total(since) > 0 ? Math.round(tookMs) : 0;
      rows.push({ ...row, since: { ...since, busyMs } });
      const isGone = state.lanes.get(lane.facts.laneId)?.pools.get(pool.site) !== pool;
      // Written once more as idle; a site that is left alone stays in sight until it is tried again.
      const isOver = isGone || (row.queued === 0 && row.backOffUntilMs === null);
      if (!isBusy && isOver) met.delete(pool);
    }
    return rows;
  };

  const pacesSince = (tookMs: number): CampaignPace[] => {
    const paces: CampaignPace[] = [];
    for (const [laneId, lane] of state.lanes) {
      for (const [campaignId, feed] of lane.feeds) {
        const meter = feeds.get(feed) ?? createMeter();
        feeds.set(feed, meter);
        meter.measure(feed.tally, tookMs);
        const { tenantId } = feed.campaign;
        const { answeredPerSecond: pace, deferredShare } = meter;
        if (pace > 0) paces.push({ tenantId, campaignId, laneId, pace, deferredShare });
      }
    }
    return paces;
  };

  const write = async () => {
    const nowMs = performance.now();
    const tookMs = nowMs - lastMs;
    lastMs = nowMs;
    const rows = rowsSince(tookMs);
    if (rows.length > 0) await writeSiteStatus(scope, owner, rows);
    await writeCampaignPaces(scope, pacesSince(tookMs));
  };

  const turn = () => {
    writing ??= write()
      .catch((error: unknown) => logger.warn({ err: error }, 'the status of sites was not written'))
      .finally(() => {
        writing = undefined;
      });
    return writing;
  };
  const timer = setInterval(turn, everyMs);
  return {
    meet(laneId, site) {
      const lane = state.lanes.get(laneId);
      const pool = lane?.pools.get(site);
      if (lane && pool && !met.has(pool)) met.set(pool, { lane, meter: createMeter(pool.tally) });
    },
    async stop() {
      clearInterval(timer);
      await writing;
      await turn();
    },
  };
}

function rowOf(
  state: Readonly<EngineState>,
  lane: Lane,
  pool: Pool,
  meter: Meter,
): Omit<SiteStatusRow, 'since'> {
  const { memory, profile, queue } = pool;
  const states = [...pool.sessions].map((session) => session.state);
  const opening = states.filter((one) => one === 'opening').length;
  return {
    site: pool.site,
    laneId: lane.facts.laneId,
    source: lane.facts.source,
    sessionsOpen: states.length - opening,
    sessionsOpening: opening,
    sessionsWindow: windowOf(state, pool),
    sessionsCap: Math.min(
      memory.concurrency.cap,
      profile.sessionsMax ?? Infinity,
      profile.sessionsMaxAll ?? Infinity,
    ),
    acceptedPerSecond: meter.acceptedPerSecond,
    answeredPerSecond: meter.answeredPerSecond,
    deferredShare: meter.deferredShare,
    queued: queue.size,
    backOffUntilMs: memory.backoff.retryAtMs,
    failures: memory.backoff.failures,
    trouble: memory.trouble ?? null,
    limits: memory.limits.learned,
  };
}

/** Smoothed rates out of counts that only rise. */
interface Meter {
  readonly acceptedPerSecond: number;
  readonly answeredPerSecond: number;
  readonly deferredShare: number | null;
  /** What was counted since the last time. */
  measure(tally: Tally, tookMs: number): Omit<Tally, 'unknown'>;
}

function createMeter(from: Tally = NOTHING): Meter {
  let before = { ...from };
  const rates = { accepted: 0, answered: 0, deferred: 0 };
  let weight = 0;
  return {
    get acceptedPerSecond() {
      return weight === 0 ? 0 : rates.accepted / weight;
    },
    get answeredPerSecond() {
      return weight === 0 ? 0 : rates.answered / weight;
    },
    get deferredShare() {
      return rates.answered > 0 ? rates.deferred / rates.answered : null;
    },
    measure(tally, tookMs) {
      const since = {
        accepted: tally.accepted - before.accepted,
        deferred: tally.deferred - before.deferred,
        bounced: tally.bounced - before.bounced,
      };
      before = { ...tally };
      const gain = 1 - Math.exp(-tookMs / SMOOTH_MS);
      const seconds = Math.max(tookMs, 1) / 1_000;
      for (const [key, count] of [
        ['accepted', since.accepted],
        ['answered', total(since)],
        ['deferred', since.deferred],
      ] as const)
        rates[key] += (count / seconds - rates[key]) * gain;
      // Of a mean that began a moment ago, only so much is known.
      weight += (1 - weight) * gain;
      return since;
    },
  };
}

function total({ accepted, deferred, bounced }: Omit<Tally, 'unknown'>): number {
  return accepted + deferred + bounced;
}

const NOTHING: Tally = { accepted: 0, deferred: 0, bounced: 0, unknown: 0 };
const SMOOTH_MS = 30_000;
