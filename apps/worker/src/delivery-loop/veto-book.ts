/**
 * The false-550 protection's decisions on their way to the database, and what staff release on its way back. A decision is
 * written behind the outcomes that led to it, and tried again until it is: the refusals before it are quarantined with it.
 */
import { readVetoReleases, writeVeto } from '@hikyaku/db/worker';
import type { Event, PortCommand } from '@hikyaku/delivery';
import type { LoopDeps } from './lanes.ts';

type DecideVeto = Extract<PortCommand, { type: 'decide-veto' }>;

export interface VetoBook {
  write(command: DecideVeto): void;
  /** To be called now and then: what staff have released comes back as an event. */
  look(source: string): Promise<void>;
}

export function createVetoBook(
  { scope, log, logger }: Pick<LoopDeps, 'scope' | 'log' | 'logger'>,
  dispatch: (event: Event) => void,
): VetoBook {
  /** Since when each site is held up, by source and site. */
  const standing = new Map<string, Map<string, number>>();
  let writing = Promise.resolve();

  const write = async ({ laneId, site, source, domains, decision }: DecideVeto) => {
    await log.settledSoFar();
    for (;;) {
      try {
        const quarantined = await writeVeto(scope, { laneId, site, source, domains, ...decision });
        logger.warn({ site, source, ...decision, quarantined }, 'false-550 protection');
        return;
      } catch (error) {
        logger.warn({ err: error, site }, 'a decision could not be written; it is tried again');
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
    }
  };

  return {
    write(command) {
      const { site, source, decision } = command;
      const sites = standing.get(source) ?? new Map<string, number>();
      standing.set(source, sites);
      if (decision.state === 'blocked') sites.set(site, decision.atMs);
      else if (decision.state === 'released') sites.delete(site);
      // Behind the step under way, whose outcomes are given to the log with it.
      writing = writing.then(() => new Promise(setImmediate)).then(() => write(command));
    },
    async look(source) {
      const sites = standing.get(source);
      if (!sites || sites.size === 0) return;
      const sinceMs = Math.min(...sites.values());
      const released = await readVetoReleases(scope, { source, sites: [...sites.keys()], sinceMs });
      for (const site of released) {
        sites.delete(site);
        dispatch({ type: 'veto-released', site, source });
      }
    },
  };
}

const AGAIN_MS = 1_000;
