'use server';
/** What staff do about a tenant's hygiene; each with a reason, which the tenant sees. */
import {
  enforceCleaning as enforce,
  noteTenant as note,
  pauseCampaignByStaff as pause,
  releaseBlock as releaseAt,
  removeCleaningFloor as removeFloor,
  setCleaningFloor as setFloor,
  setSourcePool as setPool,
  throttleTenant as throttle,
} from '@hikyaku/db';
import { z } from 'zod';
import { staffAction } from '#server/action.ts';

const reason = z.string().trim().min(1, 'REASON_EMPTY').max(500, 'FIELD_TOO_LONG');
const tenant = z.object({ tenantId: z.uuid(), reason });

export const enforceCleaning = staffAction({
  input: tenant.extend({ isEnforced: z.boolean() }),
  async run({ run }, input) {
    await run((scope) => enforce(scope, input));
    return null;
  },
});

export const throttleTenant = staffAction({
  input: tenant.extend({
    weight: z.coerce.number('WEIGHT').positive('WEIGHT').max(100, 'WEIGHT'),
    rateMax: z
      .string()
      .trim()
      .transform((text) => (text === '' ? null : Number(text)))
      .refine((rate) => rate === null || (rate > 0 && rate <= 100_000), 'RATE'),
  }),
  async run({ run }, input) {
    await run((scope) => throttle(scope, input));
    return null;
  },
});

export const setSourcePool = staffAction({
  input: tenant.extend({ pool: z.string().trim().toLowerCase() }),
  async run({ run }, input) {
    await run((scope) => setPool(scope, input));
    return null;
  },
});

export const noteTenant = staffAction({
  input: tenant,
  async run({ run }, input) {
    await run((scope) => note(scope, input));
    return null;
  },
});

export const pauseTenantCampaign = staffAction({
  input: tenant.extend({ campaignId: z.uuid() }),
  async run({ run }, input) {
    await run((scope) => pause(scope, input));
    return null;
  },
});

export const releaseBlock = staffAction({
  input: z.object({ site: z.string().max(1_000), source: z.string().max(100), reason }),
  async run({ run }, input) {
    await run((scope) => releaseAt(scope, input));
    return null;
  },
});

export const setCleaningFloor = staffAction({
  input: z.object({ domain: z.string().trim().max(255), reason }),
  async run({ run }, input) {
    await run((scope) => setFloor(scope, input));
    return null;
  },
});

export const removeCleaningFloor = staffAction({
  input: z.object({ domain: z.string().max(255), reason }),
  async run({ run }, input) {
    await run((scope) => removeFloor(scope, input));
    return null;
  },
});
