/** Every scenario by its name. */
import { CARRIERS } from './carriers.ts';
import { NEIGHBOUR } from './neighbour.ts';
import { PROMISES } from './promises.ts';
import type { Scenario } from './scenario.ts';
import { SPEED_PROMISES } from './speed-promises.ts';

export const SCENARIOS: ReadonlyMap<string, Scenario> = new Map(
  [...PROMISES, ...SPEED_PROMISES, ...CARRIERS, NEIGHBOUR].map((scenario) => [
    scenario.name,
    scenario,
  ]),
);
