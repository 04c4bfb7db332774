'use server';
import { readSiteProfiles, setSiteOverride } from '@hikyaku/db';
import { z } from 'zod';
import { staffAction } from '#server/action.ts';
import { isLimitField } from '../limit-fields.ts';

const limit = (schema: z.ZodNumber) =>
  z
    .string()
    .trim()
    .transform((text) => (text === '' ? undefined : Number(text)))
    .pipe(schema.optional());
const count = limit(z.number('LIMIT').int('LIMIT').min(1, 'LIMIT').max(100_000, 'LIMIT'));

/** The limits as staff want them; one left empty is staff's no longer. Other settings of the override stay. */
export const overrideDestination = staffAction({
  input: z.object({
    site: z.string().min(1).max(2_000),
    sessionsMax: count,
    sessionsMaxAll: count,
    recipientsMax: count,
    transactionsMax: count,
    rateMax: limit(z.number('RATE').min(0.01, 'RATE').max(100_000, 'RATE')),
    reason: z.string().trim().min(1, 'REASON_EMPTY').max(500, 'FIELD_TOO_LONG'),
  }),
  async run({ run }, { site, reason, ...limits }) {
    await run(async (scope) => {
      const [stored] = await readSiteProfiles(scope, [site]);
      const kept = Object.entries(stored?.staffOverride?.values ?? {}).filter(
        ([field]) => !isLimitField(field),
      );
      const set = Object.entries(limits).filter(([, value]) => value !== undefined);
      await setSiteOverride(scope, { site, reason, values: Object.fromEntries([...kept, ...set]) });
    });
    return null;
  },
});
