/**
 * How improbable a run of answers is for an honest server, as a cumulative sum of log likelihood ratios (Page 1954, "Continuous
 * inspection schemes"): each refusal is weighed against how often this list, or an address that lately accepted, is
 * refused anyway. At the limit h, an honest server is mistaken about once in e^h answers.
 */

/** What a list's dead share is known to be: a Beta prior, and what was answered while nothing was suspected. */
export class Baseline {
  #dead = PRIOR.dead;
  #seen = PRIOR.seen;

  learn(dead: number, seen: number): void {
    this.#dead += dead;
    this.#seen += seen;
    // A list changes; what it was a hundred thousand answers ago must not outvote what it is.
    if (this.#seen <= REMEMBERED) return;
    this.#dead /= 2;
    this.#seen /= 2;
  }

  get isKnown(): boolean {
    return this.#seen >= KNOWN_FROM;
  }

  get share(): number {
    return this.#dead / this.#seen;
  }

  /** The share that it may well have: mean and two standard deviations of the Beta posterior. */
  get plausibleShare(): number {
    const mean = this.share;
    const deviation = Math.sqrt((mean * (1 - mean)) / (this.#seen + 1));
    return Math.min(SHARE_MAX, mean + 2 * deviation);
  }
}

/** Sums of one (source, site), or of one tenant there. All are 0 while nothing speaks of a block. */
export class BurstScore {
  share = 0;
  canaries = 0;
  replies = 0;
  /** Since the sums were last 0. */
  counts = noCounts();
  sinceMs = 0;
  #lastZeroMs = 0;

  get value(): number {
    return Math.max(this.share, this.canaries, this.replies);
  }

  /** `retried`: of a quarantined row. Such rows are a selection of refusals, and tell nothing about a share. */
  add(result: ScoredResult, baseline: Baseline): void {
    if (this.value === 0) this.sinceMs = this.#beginOf(result);
    const isRefused = result.kind !== 'accepted';
    if (result.kind === 'block') {
      this.counts.blockReplies += 1;
      this.replies += BLOCK_REPLY;
    } else if (result.isCanary) {
      this.counts.canaries += 1;
      if (isRefused) this.counts.canariesRefused += 1;
      this.canaries = sum(this.canaries, isRefused, CANARY.honest, CANARY.blocking);
      // Where a list was sent to before, only its dead are no canaries: by them alone an honest server refuses everybody.
      if (!isRefused) this.share = sum(this.share, false, CANARY.honest, blockingShare(baseline));
    } else if (!result.isRetried) {
      this.counts.seen += 1;
      if (isRefused) this.counts.refused += 1;
      this.share = sum(this.share, isRefused, baseline.plausibleShare, blockingShare(baseline));
    }
    if (!isRefused) this.replies = Math.max(0, this.replies - 1);
    // An acceptance whose reply was long in coming says that the site was well when it was sent.
    if (this.value === 0) this.clear(result.sentMs ?? result.atMs);
  }

  /**
   * The last moment that nothing spoke of a block, and no later than the first refusal was sent: what is logged of that refusal
   * has a time of its own, in whole ms and a little before the answer came here.
   */
  #beginOf({ sentMs, atMs }: ScoredResult): number {
    const beganMs = Math.floor(sentMs ?? atMs);
    return this.#lastZeroMs === 0 ? beganMs : Math.min(beganMs, Math.floor(this.#lastZeroMs));
  }

  /** Evidence beyond a decision must not take as long to go as it took to come. */
  limitTo(max: number): void {
    this.share = Math.min(this.share, max);
    this.canaries = Math.min(this.canaries, max);
    this.replies = Math.min(this.replies, max);
  }

  clear(atMs: number): void {
    this.share = 0;
    this.canaries = 0;
    this.replies = 0;
    this.counts = noCounts();
    this.#lastZeroMs = atMs;
  }
}

/** What a blocking server refuses. Little is known of a new list: only one that refuses nearly everything stands out from it. */
function blockingShare({ isKnown, plausibleShare }: Baseline): number {
  const between = (1 + plausibleShare) / 2;
  return isKnown ? between : Math.max(BLOCKING, between);
}

function sum(before: number, isRefused: boolean, honest: number, blocking: number): number {
  const ratio = isRefused ? blocking / honest : (1 - blocking) / (1 - honest);
  return Math.max(0, before + Math.log(ratio));
}

function noCounts() {
  return { seen: 0, refused: 0, canaries: 0, canariesRefused: 0, blockReplies: 0 };
}

export type ScoredResult = {
  kind: 'accepted' | 'dead' | 'block';
  isCanary: boolean;
  isRetried: boolean;
  /** When its transaction began, by the same clock as `atMs`. */
  sentMs?: number;
  atMs: number;
};

/** One dead address in twenty, believed as twenty answers are. */
const PRIOR = { dead: 1, seen: 20 };
const REMEMBERED = 20_000;
const KNOWN_FROM = 200;
const SHARE_MAX = 0.97;
/** Of those that accepted within 30 days, one in a hundred may be gone; a server that filters refuses three in ten and more. */
const CANARY = { honest: 0.01, blocking: 0.3 };
const BLOCKING = 0.9;
/** Two replies that speak of a block are enough. */
const BLOCK_REPLY = 8;
