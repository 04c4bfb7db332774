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

/** Strikes what the plan holds, each fault when enough rows have had an outcome. */
export class FaultHand {
  readonly #world: World;
  readonly #total: number;
  #next = 0;

  constructor(world: World) {
    this.#world = world;
    this.#total = world.plan.campaigns.reduce((sum, { domains }) => sum + domains.length, 0);
  }

  /** To be called often. */
  tend(): void {
    const { plan, watch } = this.#world;
    for (;;) {
      const planned = plan.faults[this.#next];
      if (planned === undefined || watch.outcomes < planned.after * this.#total) return;
      this.#next += 1;
      const fault = FAULTS.get(planned.name);
      if (fault === undefined) throw new Error(`there is no fault called ${planned.name}`);
      fault.strike(this.#world, this.#world.random, (detail) => watch.struck(fault.name, detail));
    }
  }
}
