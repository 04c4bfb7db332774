/** Every fault by its name, and the hand that strikes them when their time has come. */
import type { World } from '../world/world.ts';
import { DATABASE_FAULTS } from './database-faults.ts';
import type { Fault } from './fault.ts';
import { NETWORK_FAULTS } from './network-faults.ts';
import { PEOPLE_FAULTS } from './people-faults.ts';
import { WORKER_FAULTS } from './worker-faults.ts';

export const FAULTS: ReadonlyMap<string, Fault> = new Map(
  [...WORKER_FAULTS, ...DATABASE_FAULTS, ...NETWORK_FAULTS, ...PEOPLE_FAULTS].map((fault) => [
    fault.name,
    fault,
  ]),
);

/** Faults of a run, unless fewer were asked for. */
const STRUCK_MIN = 5;
/** They need nothing but a world to strike. */
const SURE = [
  'F8 the database restarts',
  'F9 read-only',
  'F10 a lock on the table',
  'F11 statements fail',
  'F14 jobs lost, late and doubled',
  'F18 the wall clock jumps',
  'F22 421 at random',
];

/**
 * Strikes what the plan holds, each fault when enough rows have had an outcome. Where some of them found nothing to hit,
 * others that always do are struck in their place.
 */
export class FaultHand {
  readonly #world: World;
  readonly #total: number;
  #next = 0;
  #nextAt = 0;

  constructor(world: World) {
    this.#world = world;
    this.#total = world.plan.campaigns.reduce((sum, { domains }) => sum + domains.length, 0);
  }

  /** To be called often. */
  tend() {
    const { plan, watch } = this.#world;
    for (;;) {
      const planned = plan.faults[this.#next];
      if (planned === undefined) return this.#makeUp();
      if (watch.outcomes < planned.after * this.#total) return;
      this.#next += 1;
      this.#strike(planned.name);
    }
  }

  #makeUp(): void {
    const { plan, watch, random } = this.#world;
    const isEnough = watch.faultsStruck >= Math.min(plan.faults.length, STRUCK_MIN);
    if (isEnough || watch.outcomes < this.#nextAt * this.#total) return;
    this.#nextAt = watch.outcomes / this.#total + 0.02;
    this.#strike(random.pick(SURE));
  }

  #strike(name: string): void {
    const fault = FAULTS.get(name);
    if (fault === undefined) throw new Error(`there is no fault called ${name}`);
    fault.strike(this.#world, this.#world.random, (detail) =>
      this.#world.watch.struck(fault.name, detail),
    );
  }
}
