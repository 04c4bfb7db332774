/** A fault: what goes wrong, by the numbers of knowledge about faults (F1 …). It says when it has really struck. */
import type { Random } from '../random.ts';
import type { World } from '../world/world.ts';

export type Fault = {
  name: string;
  /** `struck` is to be called when something was hit, at once or later. */
  strike(world: World, random: Random, struck: (detail?: string) => void): void;
};
