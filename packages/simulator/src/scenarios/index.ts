/** Every scenario by its name. */
import { CARRIERS } from './carriers.ts';
import { PROMISES } from './promises.ts';
import type { Scenario } from './scenario.ts';

export const SCENARIOS: ReadonlyMap<string, Scenario> = new Map(
  [...PROMISES, ...CARRIERS].map((scenario) => [scenario.name, scenario]),
);
