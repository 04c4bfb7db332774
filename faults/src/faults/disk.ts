/** F9, its other half: the disk of Postgres is full. On a file system of its own, where one can be mounted. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.ts';
import { mountSmallDisk, type SmallDisk } from '../small-disk.ts';
import { LEASE_MS, until } from '../stage.ts';
import { openWorld } from '../world.ts';
import { healthOf, isStill } from './database.ts';
import { copiesNow } from './strike.ts';

let disk: SmallDisk | undefined;

export const diskFaults: Fault[] = [
  {
    id: 'F9',
    what: 'the disk of Postgres is full',
    expect: 'sending stops, health says so, and it resumes when there is room',
    cannot: () => {
      disk = mountSmallDisk();
      return disk ? null : 'a small file system needs the right to mount';
    },
    world: async () => {
      const { path, remove } = disk as SmallDisk;
      const world = await openWorld({
        home: path,
        // So that what is written goes to tables at once, and little of the disk to the log of transactions.
        settings: { max_wal_size: '64MB', min_wal_size: '32MB' },
      });
      return { ...world, close: () => world.close().finally(remove) };
    },
    async run(stage) {
      const worker = await stage.startWorker();
      await stage.begin();
      disk?.fill();
      stage.struck('disk full');
      try {
        await until(() => isStill(stage), 'sending stopped', 60_000);
        const before = await copiesNow(stage);
        const saysSo = async () => (await healthOf(worker.healthPort)).writes === false;
        await until(saysSo, 'health said so', 20_000);
        await sleep(LEASE_MS * 1.5);
        stage.demand((await copiesNow(stage)).size === before.size, 'the journal stood still');
      } finally {
        disk?.empty();
      }
      await stage.recovers();
    },
  },
];
