'use server';
import { resumeSending as resume, stopSending as stop } from '@hikyaku/db';
import { z } from 'zod';
import { staffAction } from '#server/action.ts';

const input = z.object({
  scope: z.enum(['everything', 'tenant', 'lane', 'destination']),
  key: z.string().trim().max(1_000).default(''),
  reason: z.string().trim().min(1, 'REASON_EMPTY').max(500, 'FIELD_TOO_LONG'),
});

/** Stops at once: nothing is fenced after this has committed. The reason is shown to the tenants it concerns. */
export const stopSending = staffAction({
  input,
  async run({ run }, target) {
    await run((scope) => stop(scope, target));
    return null;
  },
});

export const resumeSending = staffAction({
  input,
  async run({ run }, target) {
    await run((scope) => resume(scope, target));
    return null;
  },
});
