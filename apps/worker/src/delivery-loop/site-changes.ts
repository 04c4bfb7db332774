/**
 * What staff set for a site binds pools that stand already: looked up when a change is notified, and every quarter of a minute
 * should a notification be lost.
 */
import type { EngineState, Event } from '@hikyaku/delivery';
import type { Logger } from 'pino';
import type { SiteBook } from './site-book.ts';

export interface SiteChanges {
  look(): void;
  stop(): void;
}

const EVERY_MS = 15_000;

export function createSiteChanges(
  state: Readonly<EngineState>,
  sites: SiteBook,
  logger: Logger,
  dispatch: (event: Event) => void,
): SiteChanges {
  let looking: Promise<void> | undefined;
  let isAskedAgain = false;

  const readAll = async () => {
    const pools = [...state.lanes].flatMap(([laneId, { facts, pools: found }]) =>
      [...found.keys()].map((site) => ({ laneId, site, source: facts.source })),
    );
    if (pools.length === 0) return;
    const known = await sites.readAgain(pools);
    const byKey = new Map(known.map((one) => [`${one.site}|${one.source}`, one.destination]));
    for (const { laneId, site, source } of pools) {
      const destination = byKey.get(`${site}|${source}`);
      if (destination) dispatch({ type: 'site-changed', laneId, destination });
    }
  };

  const look = () => {
    isAskedAgain = looking !== undefined;
    looking ??= readAll()
      .catch((error: unknown) =>
        logger.warn({ err: error }, 'what staff set for sites could not be read'),
      )
      .finally(() => {
        looking = undefined;
        if (isAskedAgain) look();
      });
  };
  const timer = setInterval(look, EVERY_MS);
  return { look, stop: () => clearInterval(timer) };
}
