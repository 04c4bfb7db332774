'use server';
import { DbError, removeDestinationGroup, saveDestinationGroup } from '@hikyaku/db';
import { z } from 'zod';
import { staffAction } from '#server/action.ts';
import { Refusal } from '#server/refusal.ts';

const reason = z.string().trim().min(1, 'REASON_EMPTY').max(500, 'FIELD_TOO_LONG');

/** Makes a group or changes one; a domain a line. */
export const saveGroup = staffAction({
  input: z.object({
    key: z.string().trim().max(31, 'FIELD_TOO_LONG'),
    nameJa: z.string().trim().min(1, 'FIELD_EMPTY').max(50, 'FIELD_TOO_LONG'),
    nameEn: z.string().trim().min(1, 'FIELD_EMPTY').max(50, 'FIELD_TOO_LONG'),
    patterns: z.string().max(100_000, 'FIELD_TOO_LONG').default(''),
    reason,
  }),
  async run({ run }, { patterns, ...group }) {
    const lines = patterns.split(/[\s,]+/).filter(Boolean);
    await run((scope) => saveDestinationGroup(scope, { ...group, patterns: lines })).catch(say);
    return null;
  },
});

/** Its domains belong to what is left over from then on. */
export const removeGroup = staffAction({
  input: z.object({ key: z.string().max(31), reason }),
  async run({ run }, input) {
    await run((scope) => removeDestinationGroup(scope, input));
    return null;
  },
});

/** The line at fault belongs into the sentence. */
function say(error: unknown): never {
  if (error instanceof DbError && error.reason.startsWith('pattern-'))
    throw new Refusal(error.reason.toUpperCase().replaceAll('-', '_'), { pattern: error.message });
  throw error;
}
