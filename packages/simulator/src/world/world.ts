/**
 * One simulated installation: database, queue, network, receivers, and workers on machines with clocks of their own,
 * under the eyes of the watch. It is built from a plan; faults act upon it.
 */
import type { EngineSettings } from '@hikyaku/delivery';
import { DatabaseHealth, DatabaseLink } from '../database/link.ts';
import { RULES, type Rules } from '../database/rules.ts';
import type { Tables } from '../database/tables.ts';
import type { Bug } from '../mutants/mutant.ts';
import { Network } from '../network/network.ts';
import { Random } from '../random.ts';
import { Journal } from '../receivers/journal.ts';
import { Site } from '../receivers/site.ts';
import { Timeline } from '../time/timeline.ts';
import { WorkerClock } from '../time/worker-clock.ts';
import { Watch } from '../watch/watch.ts';
import { JobQueue } from '../worker/job-queue.ts';
import { Process } from '../worker/process.ts';
import { Sweeper } from '../worker/sweeper.ts';
import { Worker } from '../worker/worker.ts';
import { buildTables } from './build-tables.ts';
import { Directory } from './directory.ts';
import type { Plan } from './plan.ts';

export class World {
  readonly plan: Plan;
  readonly random: Random;
  readonly timeline: Timeline;
  readonly tables: Tables;
  readonly health = new DatabaseHealth();
  readonly journal = new Journal();
  readonly network: Network;
  readonly sites = new Map<string, Site>();
  readonly directory: Directory;
  readonly queue: JobQueue;
  readonly machines: Machine[];
  readonly watch: Watch;
  /** Code of a worker ran since the flag was last put down: its promises are to be settled. */
  hasRun = false;
  readonly #rules: Rules;
  readonly #bug: Bug | undefined;

  constructor(plan: Plan, options: WorldOptions = {}) {
    this.plan = plan;
    this.#bug = options.bug;
    this.#rules = { ...RULES, ...options.bug?.rules };
    this.random = new Random(plan.seed).fork('world');
    this.timeline = new Timeline(plan.startMs);
    const { timeline, journal } = this;
    this.tables = buildTables(plan, timeline);
    this.directory = new Directory(this.tables, plan.domains, plan.windows);
    this.watch = new Watch(this, options.print);
    this.network = new Network(timeline, this.random.fork('network'), this.watch);
    for (const { name, manners } of plan.sites)
      this.sites.set(
        name,
        new Site(name, { ...manners }, this.random.fork(`site ${name}`), timeline, journal),
      );
    this.queue = new JobQueue(timeline, this.random.fork('queue'), () => this.workers);
    this.machines = plan.machines.map(({ name, clockRate }) => ({
      name,
      clock: new WorkerClock(timeline, clockRate),
      worker: undefined,
      sweeper: undefined,
      starts: 0,
    }));
    for (const machine of this.machines)
      timeline.after(this.random.between(0, 500), () => this.start(machine));
  }

  get workers(): Worker[] {
    return this.machines.flatMap(({ worker }) => (worker?.process.isAlive ? [worker] : []));
  }

  /** Starts a worker's process on the machine, unless one is there. */
  start(machine: Machine): void {
    if (machine.worker?.process.isAlive) return;
    machine.starts += 1;
    const name = `${machine.name}.${machine.starts}`;
    const { timeline, random, tables } = this;
    const nowMs = () => timeline.nowMs;
    const process = new Process(name, machine.clock, timeline, () => {
      this.hasRun = true;
    });
    const link = new DatabaseLink(timeline, random.fork(`link ${name}`), this.health, (run) =>
      process.deliver(run),
    );
    const settings: EngineSettings = {
      ...this.plan.settings,
      ...this.#bug?.settings?.(this.plan.settings),
      seed: random.below(2 ** 31),
    };
    machine.worker = new Worker({
      process,
      link,
      tables,
      rules: this.#rules,
      directory: this.directory,
      network: this.network,
      sites: this.sites,
      settings,
      leaseMs: this.plan.leaseMs,
      nowMs,
      isUncomposable: (rowId) => this.plan.uncomposable.has(rowId),
      port: this.watch.portOf(this.#bug),
      watch: this.watch,
    });
    machine.sweeper = new Sweeper(machine.worker, tables, this.queue, nowMs);
    this.watch.trace.note('start', name);
  }

  /** Something was committed that workers want to know: NOTIFY, which may not reach everybody. */
  notify(): void {
    for (const { worker, sweeper } of this.machines) {
      if (worker === undefined || worker.link.isCut || this.random.chance(0.1)) continue;
      this.timeline.after(this.random.between(1, 20), () =>
        worker.process.deliver(() => {
          worker.dispatch({ type: 'refresh' });
          sweeper?.poke();
        }),
      );
    }
  }

  /** Every campaign has come to its end. */
  get isOver(): boolean {
    for (const { finishedAtMs, isCut } of this.tables.campaigns.values())
      if (finishedAtMs === null || !isCut) return false;
    return true;
  }
}

export type Machine = {
  readonly name: string;
  readonly clock: WorkerClock;
  worker: Worker | undefined;
  sweeper: Sweeper | undefined;
  starts: number;
};

export type WorldOptions = { bug?: Bug; print?: (line: string) => void };
