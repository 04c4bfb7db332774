/** The policies' settings as they are in force: their defaults, with every duration multiplied by the time scale. */
import { scaleMargins, WINDOW_MARGINS, type WindowMargins } from '@hikyaku/campaigns';
import {
  RETRY_SETTINGS,
  type RetrySettings,
  SITE_BACKOFF_SETTINGS,
  type SiteBackoffSettings,
  scaleRetry,
} from '@hikyaku/delivery';

export interface Policies {
  retry: RetrySettings;
  backoff: SiteBackoffSettings;
  margins: WindowMargins;
}

export function policiesOf(timeScale: number): Policies {
  return {
    retry: scaleRetry(RETRY_SETTINGS, timeScale),
    backoff: {
      ...SITE_BACKOFF_SETTINGS,
      minDelayMs: SITE_BACKOFF_SETTINGS.minDelayMs * timeScale,
      capMs: SITE_BACKOFF_SETTINGS.capMs * timeScale,
    },
    margins: scaleMargins(WINDOW_MARGINS, timeScale),
  };
}
