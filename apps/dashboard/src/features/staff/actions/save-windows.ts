'use server';
import { allDayWindow, isKnownZone, parseTimeOfDay } from '@hikyaku/campaigns';
import { readGroups, saveInstallationWindows } from '@hikyaku/db';
import { z } from 'zod';
import { windowRefusal } from '#format/window-refusal.ts';
import { staffAction } from '#server/action.ts';

const time = z.string().refine((text) => parseTimeOfDay(text) !== null, 'FIELD_INVALID');

/** Saves what binds the whole installation; refused where a campaign under way would be left without any time. */
export const saveWindows = staffAction({
  input: z.object({
    zone: z.string().refine(isKnownZone, 'ZONE_UNKNOWN'),
    days: z.array(z.coerce.number().int().min(1).max(7)).default([]),
    start: time,
    end: time,
    groupHours: z.record(z.string().max(31), z.object({ start: time, end: time })).default({}),
    reason: z.string().trim().min(1, 'REASON_EMPTY').max(500, 'FIELD_TOO_LONG'),
  }),
  async run({ run }, { zone, days, start, end, groupHours, reason }) {
    await run(async (scope) => {
      const saved = await saveInstallationWindows(scope, {
        window: { days: [...new Set(days)].sort(), start, end, zone },
        groupWindows: Object.fromEntries(
          Object.entries(groupHours).map(([key, hours]) => [
            key,
            { ...allDayWindow(zone), ...hours },
          ]),
        ),
        reason,
        nowMs: Date.now(),
      });
      if (!saved.ok)
        throw await windowRefusal(saved.fault, saved.campaign, await readGroups(scope));
    });
    return null;
  },
});
