'use server';
/** Sends unknowns again, one or all, because a person said so after reading what it can mean. */
import { resendUnknown as resend } from '@hikyaku/db';
import { z } from 'zod';
import { tenantAction } from '#server/action.ts';
import { Refusal } from '#server/refusal.ts';

export const resendUnknown = tenantAction('editor', {
  input: z.object({
    campaignId: z.uuid(),
    deliveryIds: z.union([
      z.literal('all'),
      z
        .array(z.string().regex(/^\d{1,19}$/))
        .min(1)
        .max(500),
    ]),
  }),
  async run({ run }, input) {
    const { resent } = await run((scope) => resend(scope, input));
    if (resent === 0) throw new Refusal('RESEND_NONE');
    return { resent };
  },
});
