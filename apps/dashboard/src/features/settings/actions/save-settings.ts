'use server';
import { isKnownZone, parseTimeOfDay, validateWindow } from '@hikyaku/campaigns';
import { audit } from '@hikyaku/db';
import { z } from 'zod';
import { LOCALES } from '#i18n/locale.ts';
import { tenantAction } from '#server/action.ts';
import { Refusal } from '#server/refusal.ts';

const time = z.string().refine((text) => parseTimeOfDay(text) !== null, 'FIELD_INVALID');

/** Saves what binds the whole tenant. The window binds every attempt, so campaigns under way follow it too. */
export const saveSettings = tenantAction('admin', {
  input: z.object({
    name: z.string().trim().min(1, 'FIELD_EMPTY').max(100, 'FIELD_TOO_LONG'),
    zone: z.string().refine(isKnownZone, 'ZONE_UNKNOWN'),
    locale: z.enum(LOCALES),
    isCleaningOn: z.literal('on').optional(),
    days: z.array(z.coerce.number().int().min(1).max(7)).default([]),
    start: time,
    end: time,
  }),
  async run({ run, tenant }, { days, start, end, isCleaningOn, ...given }) {
    const window = { days: [...new Set(days)].sort(), start, end, zone: given.zone };
    const checked = validateWindow(window);
    if (!checked.ok) {
      const code = checked.code.toUpperCase().replaceAll('-', '_');
      throw new Refusal(code, {}, { window: code });
    }
    const data = { ...given, window, isCleaningOn: isCleaningOn === 'on' };
    await run(async (scope) => {
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
    });
    return null;
  },
});
