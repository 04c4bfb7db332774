/** The core's settings: the policies' defaults, with every duration multiplied by the time scale. */
import { randomInt } from 'node:crypto';
import { scaleMargins, WINDOW_MARGINS } from '@hikyaku/campaigns';
import {
  BURST_VETO_SETTINGS,
  type BurstVetoSettings,
  type EngineSettings,
  RETRY_SETTINGS,
  SITE_BACKOFF_SETTINGS,
  scaleRetry,
} from '@hikyaku/delivery';
import type { Tuning } from '../env.ts';

export function engineSettings(tuning: Tuning): EngineSettings {
  const { timeScale } = tuning;
  return {
    seed: randomInt(2 ** 32),
    retry: scaleRetry(RETRY_SETTINGS, timeScale),
    backoff: {
      ...SITE_BACKOFF_SETTINGS,
      minDelayMs: SITE_BACKOFF_SETTINGS.minDelayMs * timeScale,
      capMs: SITE_BACKOFF_SETTINGS.capMs * timeScale,
    },
    veto: scaleVeto(timeScale),
    margins: scaleMargins(WINDOW_MARGINS, timeScale),
    sessionsAtStart: tuning.sessionsAtStart,
    sessionsPerSite: tuning.sessionsPerSite,
    recipientsPerTransaction: tuning.recipientsPerTransaction,
    retryShare: 0.3,
    keepMs: 5_000,
    refreshMs: 1_000,
    drainMs: tuning.drainMs,
    // Of the tenth that the lease keeper leaves; the rest is for clocks that run at different rates.
    leaseGraceMs: tuning.leaseMs * 0.03,
    areCapsGranted: true,
  };
}

function scaleVeto(timeScale: number): BurstVetoSettings {
  const { minDelayMs, capMs, probeWaitMs, retryDelayMs } = BURST_VETO_SETTINGS;
  return {
    ...BURST_VETO_SETTINGS,
    minDelayMs: minDelayMs * timeScale,
    capMs: capMs * timeScale,
    probeWaitMs: probeWaitMs * timeScale,
    retryDelayMs: retryDelayMs * timeScale,
  };
}
