/**
 * What is known of a site from one source while this process lives: window, back-off, quirks, TLS session. It outlasts the
 * lane's ownership, so that a site that is down is not asked by three new sessions each time its lane is handed out.
 */
import {
  type Concurrency,
  createConcurrency,
  createSiteBackoff,
  type SiteBackoff,
  type SiteBackoffSettings,
} from '@hikyaku/delivery';
import type { Quirks } from '@hikyaku/smtp';

export interface SiteState {
  readonly concurrency: Concurrency;
  readonly backoff: SiteBackoff;
  quirks: Quirks;
  tlsSession: Buffer | undefined;
  /** Epoch ms before which no further session is tried, after one was turned away while others stand. */
  holdUntilMs: number;
  /** Sessions that failed one after another; the site is down when each of its hosts had a turn. */
  failuresInRow: number;
  hostIndex: number;
}

export interface SiteStates {
  of(site: string, source: string): SiteState;
}

// Far more sites than a worker talks to in a day; the oldest are forgotten first.
const KEPT_MAX = 50_000;

export function createSiteStates(settings: {
  sessionsAtStart: number;
  sessionsPerSite: number;
  backoff: SiteBackoffSettings;
}): SiteStates {
  const states = new Map<string, SiteState>();
  const cap = settings.sessionsPerSite;
  return {
    of(site, source) {
      const key = `${site}|${source}`;
      const kept = states.get(key);
      if (kept) return kept;
      const [oldest] = states.keys();
      if (states.size >= KEPT_MAX && oldest !== undefined) states.delete(oldest);
      const fresh: SiteState = {
        concurrency: createConcurrency({ initial: Math.min(settings.sessionsAtStart, cap), cap }),
        backoff: createSiteBackoff(settings.backoff),
        quirks: {},
        tlsSession: undefined,
        holdUntilMs: 0,
        failuresInRow: 0,
        hostIndex: 0,
      };
      states.set(key, fresh);
      return fresh;
    },
  };
}
