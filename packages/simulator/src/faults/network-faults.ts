/** What happens between workers and receivers: connections that die at a named byte, carriers that are down, busy or mad. */
import type { Doom } from '../network/line.ts';
import type { Manners } from '../receivers/manners.ts';
import type { World } from '../world/world.ts';
import type { Fault } from './fault.ts';

export const NETWORK_FAULTS: readonly Fault[] = [
  doomed('F21 reset behind the dot', (struck) => ({
    direction: 'up',
    // The dot arrives; what follows it in the flight does not, nor does its reply.
    at: (flight) => {
      const dot = flight.indexOf('\r\n.\r\n');
      return dot === -1 || dot + 5 > flight.length ? undefined : dot + 5;
    },
    kind: 'reset',
    onStruck: struck,
  })),
  doomed('F21 reset before the dot', (struck, random) => ({
    direction: 'up',
    at: (flight) => {
      const dot = flight.indexOf('\r\n.\r\n');
      return dot === -1 ? undefined : random(dot + 5);
    },
    kind: 'reset',
    onStruck: struck,
  })),
  doomed('F23 half-open', (struck, random) => ({
    direction: random(2) === 0 ? 'up' : 'down',
    at: random(3_000),
    kind: 'half-open',
    onStruck: struck,
  })),
  doomed('cut at any byte', (struck, random) => ({
    direction: random(2) === 0 ? 'up' : 'down',
    at: random(3_000),
    kind: random(2) === 0 ? 'eof' : 'reset',
    onStruck: struck,
  })),
  {
    name: 'F20 connections without an answer',
    strike(world, random, struck) {
      const until = world.timeline.nowMs + random.between(2_000, 20_000);
      const before = world.network.doomFor;
      world.network.doomFor = (connection) => {
        if (world.timeline.nowMs > until) return before(connection);
        if (!random.chance(0.5)) return before(connection);
        struck();
        return 'no-answer';
      };
    },
  },
  changed('F22 421 at random', { leaveShare: 0.05 }, 30_000),
  changed('F24 garbage', { garbageShare: 0.03 }, 20_000),
  changed('F20 stalls', { stallShare: 0.01 }, 10_000),
  changed('replies lost behind the dot', { replyLostShare: 0.05 }, 20_000),
  changed('a site is down', { isDown: true }, 60_000),
  changed('a site blocks us', { isBlocking: true }, 3_000),
  changed('a carrier is congested', { deferShare: 0.8, deferTries: 2, thinkMs: 400 }, 60_000),
  changed('a carrier takes fewer sessions', { sessionsMax: 2 }, 60_000),
  changed('a recipient cap drops', { recipientsMax: 20 }, 120_000),
  {
    name: 'F26 names do not resolve',
    strike(world, random, struck) {
      const names = [...world.plan.domains.keys()];
      const failing = [random.pick(names), random.pick(names)];
      for (const name of failing) {
        world.directory.failing.add(name);
        world.directory.cold.add(name);
      }
      struck(failing.join(' '));
      world.timeline.after(random.between(5_000, 60_000), () => {
        for (const name of failing) world.directory.failing.delete(name);
      });
    },
  },
  {
    name: 'F25 segments cut and merged',
    strike(world, random, struck) {
      world.network.manners.cutShare = 1;
      world.network.manners.latencyMs = random.between(1, 150);
      struck();
    },
  },
];

/** Some of the next connections die so. */
function doomed(
  name: string,
  doom: (struck: () => void, below: (limit: number) => number) => Doom,
): Fault {
  return {
    name,
    strike(world, random, struck) {
      let left = random.between(1, 6);
      const before = world.network.doomFor;
      world.network.doomFor = (connection) => {
        if (left <= 0) return before(connection);
        left -= 1;
        return doom(
          () => struck(`#${connection.id}`),
          (limit) => random.below(limit),
        );
      };
    },
  };
}

/** A busy site behaves so for a while, at most `forMs`. */
function changed(name: string, manners: Partial<Manners>, forMs: number): Fault {
  return {
    name,
    strike(world: World, random, struck) {
      const site = random.pick([...world.sites.values()]);
      const before = { ...site.manners };
      Object.assign(site.manners, manners);
      struck(site.name);
      world.timeline.after(random.between(forMs / 4, forMs), () => {
        for (const key of Object.keys(manners) as (keyof Manners)[])
          Object.assign(site.manners, { [key]: before[key] });
      });
    },
  };
}
