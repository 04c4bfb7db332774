/**
 * Limits of a site that nobody publishes, learned from its answers (delivery-engine.md §4): recipients per transaction,
 * transactions per session, rate. Each is kept with when and why. Invariant: a learned limit is lowered only on evidence
 * that came twice at the same place, and raised only slowly, and never where the profile forbids to probe.
 */

/** `learned`: what is remembered from before. */
export function createSiteLimits(settings: LimitSettings, learned: LearnedLimits = {}): SiteLimits {
  const known: LearnedLimits = { ...learned };
  let recipientEvidence: Evidence | undefined;
  let transactionEvidence: Evidence | undefined;
  let fullTransactions = 0;
  let probeAfterMs = settings.probeAfterMs;
  /** The limit before the probe that is under way. */
  let probedFrom: LearnedLimit | undefined;
  let tokens = 1;
  let revision = 0;
  let filledAtMs = 0;
  let peakPerSecond = 0;

  const learn = (kind: keyof LearnedLimits, value: number, atMs: number, why: string): void => {
    known[kind] = { value, sinceMs: atMs, why };
    revision += 1;
  };

  return {
    learned: known,
    get revision() {
      return revision;
    },
    recipientsMax(profile) {
      return Math.max(
        1,
        Math.min(profile ?? settings.recipientsMax, known.recipients?.value ?? Infinity),
      );
    },
    transactionsMax(profile) {
      const max = Math.min(profile ?? Infinity, known.transactions?.value ?? Infinity);
      return Number.isFinite(max) ? max : undefined;
    },
    onTooManyRecipients(accepted, atMs, why) {
      fullTransactions = 0;
      if (probedFrom) {
        // The step up was too much: what held before holds, and the next try comes later.
        known.recipients = probedFrom;
        revision += 1;
        probedFrom = undefined;
        probeAfterMs *= 2;
        recipientEvidence = undefined;
        return;
      }
      const limit = Math.max(1, accepted);
      const isSame = recipientEvidence?.value === limit;
      recipientEvidence = {
        value: limit,
        times: isSame ? (recipientEvidence as Evidence).times + 1 : 1,
      };
      if (recipientEvidence.times < settings.confirmations) return;
      learn('recipients', limit, atMs, why);
      recipientEvidence = undefined;
    },
    onCutInEnvelope(sent, atMs) {
      // replies.md, rule breaker 15: drops the connection on too many RCPT.
      if (sent < 2) return;
      recipientEvidence = {
        value: -1,
        times: recipientEvidence?.value === -1 ? recipientEvidence.times + 1 : 1,
      };
      if (recipientEvidence.times < settings.confirmations) return;
      learn(
        'recipients',
        Math.max(1, sent >> 1),
        atMs,
        `cut the connection twice at up to ${sent} recipients`,
      );
      recipientEvidence = undefined;
    },
    onFullTransaction(recipients, atMs, isProbeForbidden) {
      const limit = known.recipients;
      if (!limit || recipients < limit.value) return;
      recipientEvidence = undefined;
      if (probedFrom) probedFrom = undefined;
      fullTransactions += 1;
      const isRipe =
        fullTransactions >= settings.probeAfterTransactions && atMs - limit.sinceMs >= probeAfterMs;
      if (isProbeForbidden || !isRipe || limit.value >= settings.recipientsMax) return;
      fullTransactions = 0;
      probedFrom = limit;
      const next = Math.min(
        settings.recipientsMax,
        limit.value + Math.max(1, Math.round(limit.value * settings.probeStep)),
      );
      learn('recipients', next, atMs, `probing upward from ${limit.value}`);
    },
    onSessionCut(transactions, atMs, why) {
      if (transactions < 1) return;
      const isSame = transactionEvidence?.value === transactions;
      transactionEvidence = {
        value: transactions,
        times: isSame ? (transactionEvidence as Evidence).times + 1 : 1,
      };
      if (transactionEvidence.times < settings.confirmations) return;
      learn('transactions', transactions, atMs, why);
      transactionEvidence = undefined;
    },
    onRateRefused(measuredPerSecond, atMs, why) {
      peakPerSecond = Math.max(peakPerSecond, measuredPerSecond);
      // Refusals of one burst are one refusal.
      if (known.rate && atMs - known.rate.sinceMs < settings.rateHoldMs) return;
      const before = Math.min(measuredPerSecond, rateAt(undefined, atMs) ?? measuredPerSecond);
      // A site that refuses a share of everything, however slow it comes, must not be starved by halving for ever.
      const floor = Math.max(settings.rateMin, peakPerSecond * settings.rateFloorShare);
      learn('rate', Math.max(floor, before / 2), atMs, why);
    },
    mayTake(profileRate, atMs) {
      const rate = rateAt(profileRate, atMs);
      if (rate === undefined) return true;
      refill(rate, atMs);
      return tokens >= 1;
    },
    take(profileRate, atMs, count) {
      const rate = rateAt(profileRate, atMs);
      if (rate === undefined) return;
      refill(rate, atMs);
      tokens -= count;
    },
  };

  /** Halved when refused, recovers additively: a sixth of the halved rate each `rateRecoverMs`. */
  function rateAt(profileRate: number | undefined, atMs: number): number | undefined {
    const learnedRate = known.rate;
    if (!learnedRate) return profileRate;
    const steps = (atMs - learnedRate.sinceMs) / settings.rateRecoverMs;
    if (steps >= RECOVERED_AFTER) {
      delete known.rate;
      return profileRate;
    }
    const now = learnedRate.value * (1 + Math.max(0, steps) / 6);
    return profileRate === undefined ? now : Math.min(profileRate, now);
  }

  function refill(rate: number, atMs: number): void {
    if (filledAtMs === 0) filledAtMs = atMs;
    const burst = Math.max(1, rate * BURST_S);
    tokens = Math.min(burst, tokens + (Math.max(0, atMs - filledAtMs) / 1_000) * rate);
    filledAtMs = atMs;
  }
}

/** A rate that recovered to several times what was refused binds no more. */
const RECOVERED_AFTER = 60;
/** How many seconds of rate may be saved up. */
const BURST_S = 1;

/** `recipientsMax` 100: RFC 5321 §4.5.3.1.8. */
export const LIMIT_SETTINGS: LimitSettings = {
  recipientsMax: 100,
  confirmations: 2,
  probeAfterMs: 60 * 60_000,
  probeAfterTransactions: 50,
  probeStep: 0.1,
  rateMin: 0.1,
  rateFloorShare: 0.1,
  rateHoldMs: 10_000,
  rateRecoverMs: 10_000,
};

export type LimitSettings = {
  /** Where neither profile nor server says anything. */
  recipientsMax: number;
  /** How often the same evidence has to come. */
  confirmations: number;
  /** A learned recipient limit is tried upward after so long, and so many full transactions, by this share. */
  probeAfterMs: number;
  probeAfterTransactions: number;
  probeStep: number;
  /** Messages a second that a rate is never lowered below. */
  rateMin: number;
  /** … nor below this share of the fastest pace at which it was refused. */
  rateFloorShare: number;
  rateHoldMs: number;
  rateRecoverMs: number;
};

/** `sinceMs`: epoch ms. `why`: in words, for staff. */
export type LearnedLimit = { value: number; sinceMs: number; why: string };
export type LearnedLimits = {
  recipients?: LearnedLimit;
  transactions?: LearnedLimit;
  rate?: LearnedLimit;
};

type Evidence = { value: number; times: number };

export type SiteLimits = {
  readonly learned: LearnedLimits;
  /** Raised whenever something was learned. */
  readonly revision: number;
  recipientsMax(profile: number | undefined): number;
  transactionsMax(profile: number | undefined): number | undefined;
  /** 4.5.3, a "too many" text, or all later RCPTs refused, after `accepted` were taken. */
  onTooManyRecipients(accepted: number, atMs: number, why: string): void;
  /** The connection was cut while `sent` recipients were being named. */
  onCutInEnvelope(sent: number, atMs: number): void;
  /** A transaction with `recipients` accepted went through. */
  onFullTransaction(recipients: number, atMs: number, isProbeForbidden: boolean): void;
  /** A 421 or a close without a word after `transactions`. */
  onSessionCut(transactions: number, atMs: number, why: string): void;
  onRateRefused(measuredPerSecond: number, atMs: number, why: string): void;
  /** Whether the rate allows one more recipient now. */
  mayTake(profileRate: number | undefined, atMs: number): boolean;
  take(profileRate: number | undefined, atMs: number, count: number): void;
};
