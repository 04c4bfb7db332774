/**
 * P6 beside a neighbour: a carrier takes the mail of one pool of sources for spam and refuses good addresses; whoever sends from
 * another pool must not feel it. The same two tenants send to a twin of the carrier at the same time, which blocks nobody: the
 * neighbour's rate there is its rate without the block.
 */
import type { Delivery } from '../database/tables.ts';
import type { RunResult } from '../run.ts';
import { mixed, plainPlan, type Scenario } from './scenario.ts';

const BLOCKING = 'carrier.example';
const TWIN = 'twin.example';
const CARELESS_SOURCE = '192.0.2.1';
const NEIGHBOUR_SOURCE = '192.0.2.2';
const EACH = 4_000;
/** Since the start: the carrier blocks for ten minutes. */
const FROM_MS = 60_000;
const UNTIL_MS = 660_000;

export const NEIGHBOUR: Scenario = {
  name: 'P6-neighbour',
  what: 'While a carrier refuses one pool’s good addresses for ten minutes, the neighbour in another pool keeps its rate within 10 %.',
  plan: (seed) =>
    plainPlan(seed, {
      sources: [CARELESS_SOURCE, NEIGHBOUR_SOURCE],
      tenants: [
        { id: 'careless', weight: 1, windows: [], sources: [CARELESS_SOURCE] },
        { id: 'neighbour', weight: 1, windows: [], sources: [NEIGHBOUR_SOURCE] },
      ],
      sites: [BLOCKING, TWIN].map((name) => ({
        name,
        manners: { thinkMs: 700 },
        profile: { sessionsMax: 4 },
      })),
      campaigns: ['careless', 'neighbour'].flatMap((tenantId) =>
        [BLOCKING, TWIN].map((domain) => ({
          id: `${tenantId}-at-${domain}`,
          tenantId,
          domains: mixed(EACH, { [domain]: 1 }),
        })),
      ),
    }),
  tend({ plan, sites, timeline, watch }) {
    const carrier = sites.get(BLOCKING);
    if (carrier === undefined) return;
    const sinceMs = timeline.nowMs - plan.startMs;
    const isBlocking = sinceMs >= FROM_MS && sinceMs < UNTIL_MS;
    if (isBlocking === carrier.manners.refusedSources.length > 0) return;
    carrier.manners.refusedSources = isBlocking ? [CARELESS_SOURCE] : [];
    watch.struck('the carrier blocks one source', String(isBlocking));
  },
  expect: (result) => {
    const { beside, without } = rates(result);
    const careless = rowsOf(result, 'careless', BLOCKING);
    return {
      'the careless one is held up: its refusals wait': careless.some(isQuarantined),
      'next to nothing of it is sent while the carrier blocks':
        acceptedIn(result, 'careless', BLOCKING) < 0.05 * acceptedIn(result, 'careless', TWIN),
      'afterwards it goes through': careless.filter(isAccepted).length >= EACH - SEEN_MAX,
      'the neighbour is accepted throughout': rowsOf(result, 'neighbour', BLOCKING).every(
        ({ events }) => events.length === 1 && events[0]?.disposition === 'accepted',
      ),
      'its rate with the block is within 10 % of its rate without':
        Math.abs(beside / without - 1) <= 0.1,
      'both rates are those of ten full minutes': lasted(result),
    };
  },
  figures: (result) => {
    const { beside, without } = rates(result);
    return {
      neighbourWithTheBlock: `${beside.toFixed(2)}/s`,
      neighbourWithout: `${without.toFixed(2)}/s`,
      withOfWithout: `${((100 * beside) / without).toFixed(1)} %`,
      carelessMeanwhile: acceptedIn(result, 'careless', BLOCKING),
      carelessBounced: rowsOf(result, 'careless', BLOCKING).filter((row) => !isAccepted(row))
        .length,
    };
  },
};

/** Refused before the block was seen. The database takes these back, which is not simulated here. */
const SEEN_MAX = 40;

/** Of the neighbour, accepted a second while the carrier blocks: there, and at the twin. */
function rates(result: RunResult): { beside: number; without: number } {
  const seconds = (UNTIL_MS - FROM_MS) / 1_000;
  return {
    beside: acceptedIn(result, 'neighbour', BLOCKING) / seconds,
    without: acceptedIn(result, 'neighbour', TWIN) / seconds,
  };
}

/** Nobody had finished before the block was over. */
function lasted(result: RunResult): boolean {
  return [BLOCKING, TWIN].every((domain) =>
    rowsOf(result, 'neighbour', domain).some(({ events }) =>
      events.some(({ atMs }) => atMs - result.world.plan.startMs > UNTIL_MS),
    ),
  );
}

function acceptedIn(result: RunResult, tenantId: string, domain: string): number {
  const { startMs } = result.world.plan;
  return rowsOf(result, tenantId, domain)
    .flatMap(({ events }) => events)
    .filter(({ disposition }) => disposition === 'accepted')
    .filter(({ atMs }) => atMs - startMs >= FROM_MS && atMs - startMs < UNTIL_MS).length;
}

function rowsOf({ world }: RunResult, tenantId: string, domain: string): Delivery[] {
  return [...world.tables.deliveries.values()].filter(
    (row) => row.tenantId === tenantId && row.domain === domain,
  );
}

const isAccepted = ({ state }: Delivery) => state === 'accepted';

/** Nothing else is put off by this carrier. */
const isQuarantined = ({ events }: Delivery) =>
  events.some(({ disposition }) => disposition === 'deferred');
