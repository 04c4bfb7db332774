/** All faults, in the order of the table. F32 and F33 are not about delivery and have their own tests. */
import type { Fault } from '../fault.ts';
import { clockFaults } from './clock.ts';
import { contentFaults } from './content.ts';
import { databaseFaults } from './database.ts';
import { diskFaults } from './disk.ts';
import { false550Faults } from './false-550.ts';
import { importFaults } from './import.ts';
import { killFaults } from './kill.ts';
import { missedStartFaults } from './missed-start.ts';
import { nameFaults } from './names.ts';
import { peerFaults } from './peers.ts';
import { queueFaults } from './queue.ts';
import { restartFaults } from './restart.ts';
import { steeringFaults } from './steering.ts';

export const FAULTS: readonly Fault[] = [
  ...killFaults,
  ...restartFaults,
  ...databaseFaults,
  ...diskFaults,
  ...queueFaults,
  ...clockFaults,
  ...missedStartFaults,
  ...peerFaults,
  ...nameFaults,
  ...contentFaults,
  ...importFaults,
  ...steeringFaults,
  ...false550Faults,
].sort((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)));
