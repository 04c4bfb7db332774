/** The parts in the order in which they are measured, and where their figures stand in the last line. */
import type { Rig } from '../rig.ts';
import { bulk } from './bulk.ts';
import { carrier } from './carrier.ts';
import { flat } from './flat.ts';
import { importing } from './import.ts';
import { latency } from './latency.ts';
import { launch } from './launch.ts';
import { oneToOne } from './one-to-one.ts';
import { replies } from './replies.ts';
import { smtp } from './smtp.ts';
import { staff } from './staff.ts';
import { workers } from './workers.ts';

export interface Part {
  /** On the command line. */
  name: string;
  /** Under which its figures stand in the line; without one they stand at the top. */
  key?: string;
  /** The figures that the line holds; all of them where not said. */
  inLine?: readonly string[];
  /** `nothing`: it computes or connects alone, and nobody waits for a database for it. */
  needs: 'rig' | 'nothing';
  run(rig: Rig): Promise<object>;
}

export const PARTS: readonly Part[] = [
  { name: 'one-to-one', key: 'oneToOne', needs: 'rig', run: oneToOne },
  { name: 'bulk', key: 'bulk', needs: 'rig', run: bulk },
  { name: 'latency', key: 'latency', needs: 'rig', run: latency },
  { name: 'carrier', key: 'carrier', needs: 'rig', run: carrier },
  { name: 'flat', key: 'flat', needs: 'rig', run: flat },
  { name: 'launch', key: 'launch', inLine: ['perSecond'], needs: 'rig', run: launch },
  { name: 'import', key: 'import', inLine: ['perSecond'], needs: 'rig', run: importing },
  { name: 'workers', key: 'workers', needs: 'rig', run: workers },
  { name: 'staff', key: 'staff', needs: 'rig', run: staff },
  { name: 'smtp', needs: 'nothing', run: smtp },
  { name: 'replies', key: 'replies', needs: 'nothing', run: replies },
];
