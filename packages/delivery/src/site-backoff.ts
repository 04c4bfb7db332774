/**
 * When a site that failed may be tried again: one probe at a time, at growing distance.
 * A failure of the site is one site_event and counts for no recipient (delivery-engine.md §2).
 */

/** Starts in the state "up". Hold one per site and source. */
export function createSiteBackoff(
  settings: SiteBackoffSettings = SITE_BACKOFF_SETTINGS,
): SiteBackoff {
  let failures = 0;
  let retryAtMs = 0;
  let isProbing = false;

  return {
    get failures() {
      return failures;
    },
    get retryAtMs() {
      return failures === 0 ? null : retryAtMs;
    },
    mayConnect(nowMs) {
      if (failures === 0) return 'yes';
      return nowMs >= retryAtMs && !isProbing ? 'probe' : 'no';
    },
    onProbeStarted() {
      isProbing = true;
    },
    onFailure(nowMs, jitter) {
      isProbing = false;
      // Sessions that fail together are one failure: only a probe that was due may lengthen the pause.
      if (failures > 0 && nowMs < retryAtMs) return;
      failures += 1;
      const delayMs = Math.min(
        settings.capMs,
        settings.minDelayMs * 2 ** Math.min(failures - 1, 40),
      );
      retryAtMs = nowMs + delayMs * (1 - settings.jitterShare * jitter);
    },
    onSuccess() {
      failures = 0;
      isProbing = false;
    },
  };
}

/** First probe after 1 min, at the latest every 30 min: a recovered site must be found within one window. */
export const SITE_BACKOFF_SETTINGS: SiteBackoffSettings = {
  minDelayMs: 60_000,
  capMs: 30 * 60_000,
  jitterShare: 0.25,
};

export type SiteBackoffSettings = { minDelayMs: number; capMs: number; jitterShare: number };

export type SiteBackoff = {
  /** Failed probes in a row, the first failure included. */
  readonly failures: number;
  /** Epoch ms of the next probe; null while the site is up. */
  readonly retryAtMs: number | null;
  /** `probe`: exactly one session may try; call `onProbeStarted`. */
  mayConnect(nowMs: number): 'yes' | 'probe' | 'no';
  onProbeStarted(): void;
  /** The site as a whole failed (see `Concurrency.isDown`). `jitter` in [0, 1). */
  onFailure(nowMs: number, jitter: number): void;
  onSuccess(): void;
};
