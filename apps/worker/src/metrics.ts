/**
 * What Prometheus reads from this worker, all of it from memory when it is asked: docs/metrics.md says what to alert on. Labels
 * are lanes, of which a worker holds a bounded number; never sites of a quiet bucket, tenants or campaigns.
 */
import type { Lane, Pool, Tally } from '@hikyaku/delivery';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Context } from './context.ts';

export interface Metrics {
  readonly contentType: string;
  text(): Promise<string>;
}

export function createMetrics({ lanes, log }: Pick<Context, 'lanes' | 'log'>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];

  new Gauge({
    name: 'hikyaku_lanes_held',
    help: 'Lanes that this worker holds by lease.',
    registers,
    collect() {
      this.set(lanes.held);
    },
  });
  new Gauge({
    name: 'hikyaku_log_pending',
    help: 'Fences and outcomes that wait for the database.',
    registers,
    collect() {
      this.set(log.pending);
    },
  });
  new Gauge({
    name: 'hikyaku_log_up',
    help: '1 while the database takes the delivery log; at 0 nothing is sent.',
    registers,
    collect() {
      this.set(log.isUp ? 1 : 0);
    },
  });
  new Counter({
    name: 'hikyaku_recipients_total',
    help: 'Attempts by what became of them, as the log has them.',
    labelNames: ['disposition'],
    registers,
    collect() {
      this.reset();
      for (const [disposition, count] of Object.entries(lanes.state.tally))
        this.inc({ disposition }, count);
    },
  });
  laneMetrics(lanes, registers);
  return { contentType: registry.contentType, text: () => registry.metrics() };
}

function laneMetrics(lanes: Context['lanes'], registers: Registry[]): void {
  const each = (see: (labels: { site: string; source: string }, lane: Lane) => void) => {
    for (const [laneId, lane] of lanes.state.lanes)
      see({ site: lanes.siteOf(laneId) ?? laneId, source: lane.facts.source }, lane);
  };
  const labelNames = ['site', 'source'] as const;
  new Gauge({
    name: 'hikyaku_lane_sessions',
    help: 'SMTP sessions of a lane by state: opening, open, ending.',
    labelNames: [...labelNames, 'state'] as const,
    registers,
    collect() {
      this.reset();
      each((labels, lane) => {
        for (const pool of lane.pools.values())
          for (const { state } of pool.sessions) this.inc({ ...labels, state });
      });
    },
  });
  new Gauge({
    name: 'hikyaku_lane_queued',
    help: 'Recipients of a lane that are in memory and wait for a session.',
    labelNames,
    registers,
    collect() {
      this.reset();
      each((labels, lane) =>
        this.set(
          labels,
          sum(lane, (pool) => pool.queue.size),
        ),
      );
    },
  });
  new Gauge({
    name: 'hikyaku_lane_sites_backing_off',
    help: 'Sites of a lane that are left alone after a failure.',
    labelNames,
    registers,
    collect() {
      this.reset();
      each((labels, lane) =>
        this.set(
          labels,
          sum(lane, ({ memory }) => (memory.backoff.retryAtMs === null ? 0 : 1)),
        ),
      );
    },
  });
  new Counter({
    name: 'hikyaku_lane_recipients_total',
    help: 'Attempts of a lane since this worker took it, by what became of them.',
    labelNames: [...labelNames, 'disposition'] as const,
    registers,
    collect() {
      this.reset();
      each((labels, lane) => {
        for (const disposition of DISPOSITIONS)
          this.inc(
            { ...labels, disposition },
            sum(lane, ({ tally }) => tally[disposition]),
          );
      });
    },
  });
}

function sum(lane: Lane, of: (pool: Pool) => number): number {
  let total = 0;
  for (const pool of lane.pools.values()) total += of(pool);
  return total;
}

const DISPOSITIONS = [
  'accepted',
  'deferred',
  'bounced',
  'unknown',
] as const satisfies readonly (keyof Tally)[];
