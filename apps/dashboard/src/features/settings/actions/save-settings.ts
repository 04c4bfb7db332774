'use server';
import {
  allDayWindow,
  findWindowFault,
  groupKeysOf,
  isKnownZone,
  parseTimeOfDay,
} from '@hikyaku/campaigns';
import { audit, findClosedCampaign, lockWindows, notifyDue, readGroups } from '@hikyaku/db';
import { z } from 'zod';
import { windowRefusal } from '#format/window-refusal.ts';
import { LOCALES } from '#i18n/locale.ts';
import { tenantAction } from '#server/action.ts';

const ALWAYS_OPEN = { window: allDayWindow('UTC'), groupWindows: {} };
const time = z.string().refine((text) => parseTimeOfDay(text) !== null, 'FIELD_INVALID');

/**
 * Saves what binds the whole tenant. The windows bind every attempt, so campaigns under way follow them too; a change that would
 * leave one of those without any time is refused.
 */
export const saveSettings = tenantAction('admin', {
  input: z.object({
    name: z.string().trim().min(1, 'FIELD_EMPTY').max(100, 'FIELD_TOO_LONG'),
    zone: z.string().refine(isKnownZone, 'ZONE_UNKNOWN'),
    locale: z.enum(LOCALES),
    isCleaningOn: z.literal('on').optional(),
    days: z.array(z.coerce.number().int().min(1).max(7)).default([]),
    start: time,
    end: time,
    groupHours: z.record(z.string().max(31), z.object({ start: time, end: time })).default({}),
  }),
  async run({ run, tenant }, { days, start, end, groupHours, isCleaningOn, ...given }) {
    const window = { days: [...new Set(days)].sort(), start, end, zone: given.zone };
    await run(async (scope) => {
      const nowMs = Date.now();
      await lockWindows(scope, 'change');
      const groups = await readGroups(scope);
      const keys = groupKeysOf(groups);
      const groupWindows = Object.fromEntries(
        Object.entries(groupHours)
          .filter(([key]) => keys.includes(key))
          .map(([key, hours]) => [key, { ...allDayWindow(given.zone), ...hours }]),
      );
      const own = { window, groupWindows };
      const fault = findWindowFault(
        { installation: ALWAYS_OPEN, tenant: own, campaign: ALWAYS_OPEN },
        keys,
        nowMs,
      );
      if (fault) throw await windowRefusal(fault, null, groups);
      const closed = await findClosedCampaign(scope, { tenant: own }, nowMs);
      if (closed) throw await windowRefusal(closed.fault, closed, groups);
      const data = { ...given, ...own, isCleaningOn: isCleaningOn === 'on' };
      await scope.prisma.tenant.updateMany({ where: { id: tenant.id }, data });
      // Lanes that wait for the old window's opening look again; a worker sees it within a second.
      await scope.prisma.campaignLane.updateMany({
        where: { tenantId: tenant.id, doneAt: null },
        data: { nextDueAt: new Date() },
      });
      await audit(scope, {
        action: 'tenant.settings',
        target: `tenant:${tenant.id}`,
        detail: data,
      });
      await notifyDue(scope);
    });
    return null;
  },
});
