/** What happens to workers: killed at a named moment, drained, stopped and resumed, replaced, slow, with a wrong clock. */
import type { Piece } from '@hikyaku/smtp';
import type { Random } from '../random.ts';
import type { Worker } from '../worker/worker.ts';
import type { Machine, World } from '../world/world.ts';
import type { Fault } from './fault.ts';

export const WORKER_FAULTS: readonly Fault[] = [
  killAtPiece('F1 kill -9 in the envelope', (piece) => isCommand(piece, 'RCPT')),
  killAtPiece('F2 kill -9 in content', (piece) => typeof piece !== 'string'),
  killAtCommand('F3 kill -9 behind the fence', 'fence', 4),
  killAtPiece('F4 kill -9 behind the dot', (piece) => piece === '.\r\n'),
  killAtCommand('F5 kill -9 before the settle', 'settle', 0),
  {
    name: 'F6 SIGTERM',
    strike(world, random, struck) {
      const machine = busyMachine(world, random);
      if (machine === undefined) return;
      drain(world, machine, random.between(500, 20_000));
      struck(machine.name);
    },
  },
  {
    name: 'F7 rolling restarts',
    strike(world, random, struck) {
      const { timeline } = world;
      world.machines.forEach((machine, i) => {
        for (let round = 0; round < 2; round++)
          timeline.after(i * 4_000 + round * 12_000, () => drain(world, machine, 500));
      });
      struck(random.pick(world.machines).name);
    },
  },
  {
    name: 'F17 SIGSTOP past the lease',
    strike(world, random, struck) {
      const worker = busyWorker(world, random);
      if (worker === undefined) return;
      worker.process.stopFor(world.plan.leaseMs * (0.5 + 2 * random.next()));
      struck(worker.process.name);
    },
  },
  {
    name: 'F17 SIGSTOP behind the fence',
    strike(world, random, struck) {
      world.watch.commandTraps.push((worker, command) => {
        if (command.type !== 'fence') return undefined;
        worker.process.stopFor(world.plan.leaseMs * (1 + 2 * random.next()));
        struck(worker.process.name);
        return 'done';
      });
    },
  },
  {
    // The wall clock of a machine that slept is behind until somebody sets it.
    name: 'F17 a machine sleeps',
    strike(world, random, struck) {
      world.watch.commandTraps.push((worker, command) => {
        if (command.type !== 'fence') return undefined;
        const sleptMs = world.plan.leaseMs * (1 + 2 * random.next());
        const { clock } = worker.process;
        worker.process.stopFor(sleptMs);
        clock.wallOffsetMs -= sleptMs;
        struck(worker.process.name);
        world.timeline.after(sleptMs + random.between(1_000, 20_000), () => {
          clock.wallOffsetMs += sleptMs;
        });
        return 'done';
      });
    },
  },
  {
    name: 'F18 the wall clock jumps',
    strike(world, random, struck) {
      const machine = random.pick(world.machines);
      const jumpMs = random.pick([-DAY_MS, -HOUR_MS, HOUR_MS, DAY_MS, -5_000, 20_000]);
      machine.clock.wallOffsetMs += jumpMs;
      struck(`${machine.name} ${jumpMs}`);
      world.timeline.after(random.between(5_000, 120_000), () => {
        machine.clock.wallOffsetMs -= jumpMs;
      });
    },
  },
  {
    name: 'slow event loop',
    strike(world, random, struck) {
      const worker = busyWorker(world, random);
      if (worker === undefined) return;
      worker.process.turnMs = random.between(5, 60);
      struck(worker.process.name);
      world.timeline.after(random.between(3_000, 15_000), () => {
        worker.process.turnMs = 0;
      });
    },
  },
];

function killAtPiece(name: string, isMoment: (piece: Piece) => boolean): Fault {
  return {
    name,
    strike(world, random, struck) {
      let passing = random.below(4);
      world.watch.wireTraps.push((connection, piece) => {
        if (!isMoment(piece) || passing-- > 0) return false;
        const machine = machineOf(world, connection.process.name);
        // The bytes are with the kernel already, or they are not: both happen.
        world.timeline.after(random.pick([0, 0, 1, 15, 30]), () =>
          kill(world, machine, random, struck),
        );
        return true;
      });
    },
  };
}

function killAtCommand(name: string, type: 'fence' | 'settle', behindMs: number): Fault {
  return {
    name,
    strike(world, random, struck) {
      let passing = random.below(5);
      world.watch.commandTraps.push((worker, command) => {
        if (command.type !== type || passing-- > 0) return undefined;
        const machine = machineOf(world, worker.process.name);
        world.timeline.after(behindMs * random.next(), () => kill(world, machine, random, struck));
        return behindMs === 0 ? 'drop' : 'done';
      });
    },
  };
}

function kill(
  world: World,
  machine: Machine | undefined,
  random: Random,
  struck: (detail?: string) => void,
): void {
  if (machine?.worker === undefined || !machine.worker.process.isAlive) return;
  struck(machine.worker.process.name);
  machine.worker.process.kill();
  world.timeline.after(random.between(500, 30_000), () => world.start(machine));
}

/** SIGTERM; the process goes when it has given everything back, and is started again. */
function drain(world: World, machine: Machine, pauseMs: number): void {
  const { worker } = machine;
  if (worker === undefined || !worker.process.isAlive || worker.isStopping) return;
  const untilMs = world.timeline.nowMs + 60_000;
  worker.process.deliver(() => worker.stop());
  const look = () => {
    if (!worker.process.isAlive) return;
    const isDone = worker.isStopping && worker.host.state.lanes.size === 0;
    if (!isDone && world.timeline.nowMs < untilMs) {
      world.timeline.after(100, look);
      return;
    }
    // Its last statements are on their way.
    world.timeline.after(50, () => {
      worker.process.kill();
      world.timeline.after(pauseMs, () => world.start(machine));
    });
  };
  world.timeline.after(100, look);
}

function busyMachine(world: World, random: Random): Machine | undefined {
  const busy = world.machines.filter(
    ({ worker }) => worker?.process.isAlive && worker.lanesHeld > 0 && !worker.isStopping,
  );
  return busy.length === 0 ? undefined : random.pick(busy);
}

export function busyWorker(world: World, random: Random): Worker | undefined {
  return busyMachine(world, random)?.worker;
}

function machineOf(world: World, processName: string): Machine | undefined {
  return world.machines.find(({ worker }) => worker?.process.name === processName);
}

function isCommand(piece: Piece, verb: string): boolean {
  return typeof piece === 'string' && piece.startsWith(verb);
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
