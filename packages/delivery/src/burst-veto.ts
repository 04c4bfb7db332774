/**
 * False-550 protection of one (source, site): tells a block from dead mailboxes (P6). A track per tenant, for a server may
 * dislike one tenant's mail only, and one for everybody. clear → suspected → blocked → probing → released.
 * Invariants: what is refused while a track is blocked or probing is vetoed; a decision carries its reason and figures;
 * one tenant's refusals alone hold up nobody else.
 */
import { Baseline, BurstScore, type ScoredResult } from './burst-score.ts';

export function createBurstVeto(settings: BurstVetoSettings = BURST_VETO_SETTINGS): BurstVeto {
  const everybody = new Track(null, settings);
  const tenants = new Map<string, { track: Track; lists: Map<string, List> }>();

  const tenantOf = (tenantId: string) => {
    let tenant = tenants.get(tenantId);
    if (!tenant) {
      const [oldest] = tenants.keys();
      if (tenants.size >= TENANTS_MAX && oldest !== undefined) tenants.delete(oldest);
      const track = new Track(tenantId, settings);
      tenant = { track, lists: new Map() };
      tenants.set(tenantId, tenant);
    }
    return tenant;
  };

  return {
    observe(result) {
      const { track, lists } = tenantOf(result.tenantId);
      const list = listOf(lists, result.list);
      const decisions: VetoDecision[] = [];
      track.observe(result, list.baseline, decisions);
      everybody.observe(result, list.baseline, decisions);
      learn(result, track, list);
      const isStanding = everybody.wasVetoing(result.sentMs) || track.wasVetoing(result.sentMs);
      const isVetoed = result.kind === 'block' || (result.kind === 'dead' && isStanding);
      return { isVetoed, isStanding, decisions };
    },
    mayGo(tenantId, nowMs) {
      const own = tenantOf(tenantId).track;
      const untilMs = Math.max(everybody.holdUntilMs(nowMs), own.holdUntilMs(nowMs));
      if (untilMs <= nowMs) return 'yes';
      return { untilMs };
    },
    isProbing(tenantId, nowMs) {
      return everybody.isProbing(nowMs) || tenantOf(tenantId).track.isProbing(nowMs);
    },
    onTaken(tenantId, nowMs) {
      const decisions: VetoDecision[] = [];
      everybody.onTaken(nowMs, decisions);
      tenantOf(tenantId).track.onTaken(nowMs, decisions);
      return decisions;
    },
    restore(standing) {
      const { tenantId } = standing;
      const track = tenantId === null ? everybody : tenantOf(tenantId).track;
      track.restore(standing);
    },
    release(tenantId, nowMs) {
      const tracks = [everybody, ...[...tenants.values()].map(({ track }) => track)];
      for (const track of tracks)
        if (tenantId === undefined || track.tenantId === tenantId) track.release(nowMs);
    },
    retryAtMs: (tenantId, nowMs) =>
      Math.max(
        nowMs + settings.retryDelayMs,
        everybody.probeAtMs,
        tenantOf(tenantId).track.probeAtMs,
      ),
    stateOf: (tenantId) => (tenantId === null ? everybody : tenantOf(tenantId).track).state,
  };
}

/** The oldest are forgotten first. */
function listOf(lists: Map<string, List>, key: string): List {
  let list = lists.get(key);
  if (!list) {
    const [oldest] = lists.keys();
    if (lists.size >= LISTS_MAX && oldest !== undefined) lists.delete(oldest);
    list = { baseline: new Baseline(), pending: { dead: 0, seen: 0 } };
    lists.set(key, list);
  }
  return list;
}

/** A list's own dead share is learned from answers that nothing spoke against, and from retries after a good probe. */
function learn(result: SeenResult, track: Track, { baseline, pending }: List): void {
  if (track.isVetoing) {
    pending.dead = 0;
    pending.seen = 0;
    return;
  }
  if (result.kind === 'block') return;
  if (!result.isCanary) {
    pending.seen += 1;
    if (result.kind === 'dead') pending.dead += 1;
  }
  if (track.score.share > 0) return;
  baseline.learn(pending.dead, pending.seen);
  pending.dead = 0;
  pending.seen = 0;
}

class Track {
  state: VetoState = 'clear';
  readonly score = new BurstScore();
  /** Of the next probe, while blocked. */
  probeAtMs = 0;
  #lastGoodMs: number | undefined;
  #failures = 0;
  #decidedMs = 0;
  #releasedMs = 0;
  #busyUntilMs = 0;
  #probe = noProbe();
  /** By tenant, since the sums were 0; of everybody's track only. */
  readonly #refusals = new Map<string, number>();

  readonly tenantId: string | null;
  readonly settings: BurstVetoSettings;

  constructor(tenantId: string | null, settings: BurstVetoSettings) {
    this.tenantId = tenantId;
    this.settings = settings;
  }

  /** Also for what was sent before the release, and is answered behind it. */
  wasVetoing(sentMs: number | undefined): boolean {
    return this.isVetoing || (sentMs !== undefined && sentMs < this.#releasedMs);
  }

  get isVetoing(): boolean {
    return this.state === 'blocked' || this.state === 'probing';
  }

  observe(result: SeenResult, baseline: Baseline, decisions: VetoDecision[]): void {
    // What comes back from before the block tells nothing new of it.
    if (this.state === 'blocked') return;
    if (this.state === 'probing') this.#judgeProbe(result, decisions);
    else this.#watch(result, baseline, decisions);
  }

  /** Nothing is sent before that moment; a probe waits for the answer to the one before. */
  holdUntilMs(nowMs: number): number {
    if (this.state === 'blocked') return this.probeAtMs;
    return this.state === 'probing' ? this.#busyUntilMs : nowMs;
  }

  /** Its next probe may go. */
  isProbing(nowMs: number): boolean {
    return this.isVetoing && this.holdUntilMs(nowMs) <= nowMs;
  }

  onTaken(nowMs: number, decisions: VetoDecision[]): void {
    if (!this.isVetoing) return;
    if (this.state === 'blocked') {
      this.#probe = noProbe();
      this.#decide('probing', 'probe-due', nowMs, decisions, { failedProbes: this.#failures - 1 });
    }
    this.#busyUntilMs = nowMs + this.settings.probeWaitMs;
  }

  /** Of everybody's track: more than one tenant is refused. */
  get #isShared(): boolean {
    if (this.tenantId !== null) return true;
    const refusals = [...this.#refusals.values()];
    const all = refusals.reduce((total, n) => total + n, 0);
    return all - Math.max(...refusals) >= OTHERS_MIN;
  }

  restore({ state, atMs, probeAtMs }: StandingVeto): void {
    // The database keeps whole ms: what was decided here comes back up to half of one later, and is no news.
    if (atMs < this.#decidedMs + 1) return;
    const isBlocked = state === 'blocked' || state === 'probing';
    this.state = isBlocked ? 'blocked' : state;
    this.#decidedMs = atMs;
    this.#failures = Math.max(1, this.#failures);
    this.probeAtMs = isBlocked ? (probeAtMs ?? atMs) : 0;
    this.score.clear(atMs);
  }

  /** Staff know better. What they did is written down where they did it. */
  release(nowMs: number): void {
    if (!this.isVetoing) return;
    this.state = 'released';
    this.#decidedMs = nowMs;
    this.#releasedMs = nowMs;
    this.score.clear(nowMs);
    this.#refusals.clear();
  }

  #watch(result: SeenResult, baseline: Baseline, decisions: VetoDecision[]): void {
    const { score, settings } = this;
    score.add(result, baseline);
    if (result.isCanary && result.kind === 'accepted')
      this.#lastGoodMs = result.sentMs ?? result.atMs;
    score.limitTo(settings.blockedAt);
    const { value } = score;
    if (this.tenantId === null && result.kind !== 'accepted')
      this.#refusals.set(result.tenantId, (this.#refusals.get(result.tenantId) ?? 0) + 1);
    // A map that is cleared is made anew, also when it was empty.
    if (value === 0 && this.#refusals.size > 0) this.#refusals.clear();
    if (value >= settings.blockedAt && this.#isShared) {
      const figures = { ...score.counts, baselinePercent: percent(baseline.share) };
      const sinceMs = Math.min(score.sinceMs, this.#lastGoodMs ?? score.sinceMs);
      this.#failures = 0;
      this.#block(result.atMs, reasonOf(score), figures, decisions, sinceMs);
    } else if (value >= settings.suspectedAt && this.#isShared && this.state !== 'suspected') {
      const figures = { ...score.counts, baselinePercent: percent(baseline.share) };
      this.#decide('suspected', reasonOf(score), result.atMs, decisions, figures);
    } else if (value === 0 && this.state === 'suspected') {
      this.#decide('clear', 'suspicion-gone', result.atMs, decisions, {});
    }
  }

  #judgeProbe(result: SeenResult, decisions: VetoDecision[]): void {
    const probe = this.#probe;
    const { settings } = this;
    this.#busyUntilMs = 0;
    probe.answers += 1;
    if (result.kind === 'accepted') {
      probe.accepted += 1;
      probe.points += result.isCanary ? settings.releasePoints / 2 : 1;
    } else {
      probe.refused += 1;
      if (result.isCanary) probe.canariesRefused += 1;
      if (result.kind === 'block') probe.blockReplies += 1;
    }
    const { accepted, refused, canariesRefused, blockReplies } = probe;
    const figures = { accepted, refused, canariesRefused, blockReplies };
    if (probe.points >= settings.releasePoints) {
      this.score.clear(result.atMs);
      this.#refusals.clear();
      this.#decide('released', 'probe-accepted', result.atMs, decisions, figures);
      return;
    }
    if (result.kind === 'dead' && !result.isCanary && !result.isRetried) probe.unlabelled += 1;
    const isRefused = canariesRefused > 0 || blockReplies > 0;
    const isHopeless = accepted === 0 && probe.unlabelled >= UNLABELLED_MAX;
    if (isRefused || isHopeless || probe.answers >= ANSWERS_MAX)
      this.#block(
        result.atMs,
        isRefused ? 'probe-refused' : 'probe-inconclusive',
        figures,
        decisions,
      );
  }

  #block(
    nowMs: number,
    reason: VetoReason,
    figures: VetoFigures,
    decisions: VetoDecision[],
    quarantineSinceMs?: number,
  ): void {
    const { minDelayMs, capMs } = this.settings;
    this.probeAtMs = nowMs + Math.min(capMs, minDelayMs * 2 ** Math.min(this.#failures, 20));
    this.#failures += 1;
    this.#decide('blocked', reason, nowMs, decisions, figures, {
      probeAtMs: this.probeAtMs,
      quarantineSinceMs,
    });
  }

  #decide(
    state: VetoState,
    reason: VetoReason,
    atMs: number,
    decisions: VetoDecision[],
    figures: VetoFigures,
    more: Partial<VetoDecision> = {},
  ): void {
    const from = this.state;
    this.state = state;
    this.#decidedMs = atMs;
    if (state === 'released') this.#releasedMs = atMs;
    decisions.push({ tenantId: this.tenantId, from, state, reason, atMs, figures, ...more });
  }
}

/** The evidence that weighs most. */
function reasonOf({ replies, canaries, share }: BurstScore): VetoReason {
  if (replies >= Math.max(canaries, share)) return 'block-replies';
  return canaries >= share ? 'canaries-refused' : 'share-far-above-baseline';
}

function noProbe() {
  return {
    answers: 0,
    accepted: 0,
    refused: 0,
    points: 0,
    unlabelled: 0,
    canariesRefused: 0,
    blockReplies: 0,
  };
}

function percent(share: number): number {
  return Math.round(share * 1_000) / 10;
}

/** An honest server is mistaken for a blocking one about once in e^16 (nine million) answers; measured in ADR 0011. */
export const BURST_VETO_SETTINGS: BurstVetoSettings = {
  suspectedAt: 5,
  blockedAt: 16,
  releasePoints: 6,
  minDelayMs: 5 * 60_000,
  capMs: 60 * 60_000,
  probeWaitMs: 30_000,
  retryDelayMs: 5 * 60_000,
};

export type BurstVetoSettings = {
  /** Sums of log likelihood ratios. */
  suspectedAt: number;
  blockedAt: number;
  /** An accepted canary counts for half of it, any other accepted address for one. */
  releasePoints: number;
  /** Until the first probe; it doubles up to `capMs`. */
  minDelayMs: number;
  capMs: number;
  /** A probe without an answer is given up on after so long. */
  probeWaitMs: number;
  /** A quarantined delivery is retried no sooner than this after it was refused. */
  retryDelayMs: number;
};

export interface BurstVeto {
  /** To be called with every answer that accepts, says that a mailbox is dead, or speaks of a block. */
  observe(result: SeenResult): {
    isVetoed: boolean;
    /** A block is in force; else a vetoed reply was vetoed for its own words. */
    isStanding: boolean;
    decisions: readonly VetoDecision[];
  };
  /** Whether a row of the tenant may go now. */
  mayGo(tenantId: string, nowMs: number): 'yes' | { untilMs: number };
  /** One recipient at a time: what is sent now finds out whether the block is over. */
  isProbing(tenantId: string, nowMs: number): boolean;
  /** A row of the tenant goes. */
  onTaken(tenantId: string, nowMs: number): readonly VetoDecision[];
  /** What another process decided: it stands here too, unless something was decided here since. */
  restore(standing: StandingVeto): void;
  /** As staff say: of everybody (null), of one tenant, or of all of them (undefined). */
  release(tenantId: string | null | undefined, nowMs: number): void;
  /** When a delivery that was vetoed now is looked at again. */
  retryAtMs(tenantId: string, nowMs: number): number;
  /** null: of everybody. */
  stateOf(tenantId: string | null): VetoState;
}

/** `dead`: permanently refused at RCPT as an unknown mailbox. `block`: permanently refused with words of a block. */
export type SeenResult = ScoredResult & {
  tenantId: string;
  /** What it belongs to: a tenant's new list may be far worse than its old ones, and the server well. */
  list: string;
};

export type VetoState = 'clear' | 'suspected' | 'blocked' | 'probing' | 'released';

/** Codes of sentences; stable: add, never rename. */
export type VetoReason =
  | 'canaries-refused'
  | 'share-far-above-baseline'
  | 'block-replies'
  | 'suspicion-gone'
  | 'probe-due'
  | 'probe-refused'
  | 'probe-inconclusive'
  | 'probe-accepted';

export type VetoFigures = Readonly<Record<string, number>>;

export type VetoDecision = {
  /** null: it binds everybody. */
  tenantId: string | null;
  from: VetoState;
  state: VetoState;
  reason: VetoReason;
  atMs: number;
  figures: VetoFigures;
  probeAtMs?: number;
  /** What was refused since then, the last moment at which the site was surely well, is to be quarantined too. */
  quarantineSinceMs?: number;
};

/** The last decision that another process took about everybody (null) or a tenant. */
export type StandingVeto = Pick<VetoDecision, 'tenantId' | 'state' | 'atMs' | 'probeAtMs'>;

type List = { baseline: Baseline; pending: { dead: number; seen: number } };

/** So many dead addresses and nothing accepted: the probe found no sign of life. */
const UNLABELLED_MAX = 6;
const ANSWERS_MAX = 40;
/** Refusals of other tenants than the most refused one, for a block of everybody. */
const OTHERS_MIN = 3;
const TENANTS_MAX = 2_000;
const LISTS_MAX = 50;
