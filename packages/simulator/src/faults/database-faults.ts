/** What happens to the database and the queue: gone, read-only, locked, statements that fail, workers cut off, jobs lost. */
import type { Fault } from './fault.ts';
import { busyWorker } from './worker-faults.ts';

export const DATABASE_FAULTS: readonly Fault[] = [
  {
    name: 'F8 the database restarts',
    strike({ health, timeline }, random, struck) {
      health.isDown = true;
      struck();
      timeline.after(random.between(500, 40_000), () => {
        health.isDown = false;
      });
    },
  },
  {
    name: 'F9 read-only',
    strike({ health, timeline }, random, struck) {
      health.isReadOnly = true;
      struck();
      timeline.after(random.between(1_000, 20_000), () => {
        health.isReadOnly = false;
      });
    },
  },
  {
    name: 'F10 a lock on the table',
    strike({ health, timeline }, random, struck) {
      health.stalledUntilMs = timeline.nowMs + random.between(1_000, 30_000);
      struck();
    },
  },
  {
    name: 'F11 statements fail',
    strike({ health, timeline }, random, struck) {
      health.failBeforeShare = random.pick([0.05, 0.3]);
      health.failAfterShare = random.pick([0.05, 0.3]);
      struck();
      timeline.after(random.between(2_000, 15_000), () => {
        health.failBeforeShare = 0;
        health.failAfterShare = 0;
      });
    },
  },
  {
    name: 'F12 the queue is lost',
    strike({ queue, timeline }, random, struck) {
      queue.isDown = true;
      struck();
      timeline.after(random.between(1_000, 40_000), () => {
        queue.isDown = false;
      });
    },
  },
  {
    name: 'F14 jobs lost, late and doubled',
    strike({ queue, timeline }, random, struck) {
      queue.lossShare = 0.3;
      queue.doubleShare = 0.5;
      queue.lateShare = 0.3;
      struck();
      timeline.after(random.between(10_000, 60_000), () => {
        queue.lossShare = 0;
        queue.doubleShare = 0;
        queue.lateShare = 0;
      });
    },
  },
  {
    name: 'F16 a worker is cut from the database',
    strike(world, random, struck) {
      const worker = busyWorker(world, random);
      if (worker === undefined) return;
      worker.link.isCut = true;
      struck(worker.process.name);
      world.timeline.after(random.between(1_000, 60_000), () => {
        worker.link.isCut = false;
      });
    },
  },
];
