/** What people do in the middle of it (F31): pause, cancel, suspend, unsubscribe, stop, send again. */
import {
  cancelCampaign,
  pauseCampaign,
  resendUnknown,
  resumeCampaign,
  setTenantActive,
  suppressPeople,
} from '../database/people.ts';
import type { Random } from '../random.ts';
import type { World } from '../world/world.ts';
import type { Fault } from './fault.ts';

export const PEOPLE_FAULTS: readonly Fault[] = [
  {
    name: 'F31 pause and resume',
    strike(world, random, struck) {
      const { tables, timeline } = world;
      const running = [...tables.campaigns.values()].filter(({ state }) => state === 'running');
      if (running.length === 0) return;
      const { id } = random.pick(running);
      if (!pauseCampaign(tables, id)) return;
      struck(id);
      world.notify();
      timeline.after(random.pick([50, 1_500, 40_000]), () => {
        resumeCampaign(tables, id);
        world.notify();
      });
    },
  },
  {
    name: 'F31 cancel',
    strike(world, _random, struck) {
      const { tables } = world;
      // The smallest: the others are to keep the run busy.
      const running = [...tables.campaigns.values()]
        .filter(({ state, isCut }) => state === 'running' && isCut)
        .sort((a, b) => a.total - b.total);
      const smallest = running[0];
      if (running.length < 2 || smallest === undefined) return;
      if (!cancelCampaign(tables, smallest.id)) return;
      struck(smallest.id);
      world.notify();
    },
  },
  {
    name: 'F31 unsubscribes',
    strike(world, random, struck) {
      const { tables, timeline } = world;
      for (let i = 0; i < 6; i++)
        timeline.after(i * 400, () => {
          const { id } = random.pick([...tables.tenants.values()]);
          const people = Array.from({ length: 12 }, () => `p${random.below(1_500)}`);
          if (suppressPeople(tables, id, people) > 0) struck(id);
          world.notify();
        });
    },
  },
  {
    name: 'F31 suspend and activate',
    strike(world, random, struck) {
      const { tables, timeline } = world;
      const { id } = random.pick([...tables.tenants.values()]);
      setTenantActive(tables, id, false);
      struck(id);
      world.notify();
      timeline.after(random.between(500, 30_000), () => {
        setTenantActive(tables, id, true);
        world.notify();
      });
    },
  },
  {
    name: 'staff stop and let go on',
    strike(world, random, struck) {
      const stop = drawStop(world, random);
      if (stop === undefined) return;
      world.tables.stops.add(stop);
      struck(stop);
      world.notify();
      world.timeline.after(random.between(500, 30_000), () => {
        world.tables.stops.delete(stop);
        world.notify();
      });
    },
  },
  {
    name: 'unknowns are sent again',
    strike(world, random, struck) {
      const { tables, timeline } = world;
      const { id } = random.pick([...tables.campaigns.values()]);
      if (resendUnknown(tables, id, timeline.nowMs).length > 0) struck(id);
      world.notify();
    },
  },
];

function drawStop({ tables, sites }: World, random: Random): string | undefined {
  const lanes = [...tables.lanes.keys()];
  const kind = random.below(3);
  if (kind === 0) return 'everything';
  if (kind === 1) return lanes.length === 0 ? undefined : `lane:${random.pick(lanes)}`;
  return `site:${random.pick([...sites.keys()])}`;
}
