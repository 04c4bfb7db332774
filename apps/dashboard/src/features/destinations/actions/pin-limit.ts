'use server';
import { PINNABLE, pinLearnedLimit, unpinLimit } from '@hikyaku/db';
import { z } from 'zod';
import { staffAction } from '#server/action.ts';

const input = z.object({
  site: z.string().min(1).max(2_000),
  field: z.enum(PINNABLE),
  reason: z.string().trim().min(1, 'REASON_EMPTY').max(500, 'FIELD_TOO_LONG'),
});

/** What was learned is staff's from now on: it neither expires nor is probed upward. */
export const pinLimit = staffAction({
  input: input.extend({ source: z.string().max(100) }),
  async run({ run }, given) {
    await run((scope) => pinLearnedLimit(scope, given));
    return null;
  },
});

export const releasePin = staffAction({
  input,
  async run({ run }, given) {
    await run((scope) => unpinLimit(scope, given));
    return null;
  },
});
