'use server';
import { removeMember as remove } from '@hikyaku/db';
import { z } from 'zod';
import { tenantAction } from '#server/action.ts';

/** LAST_OWNER when nobody else would be owner. The person is out with their next request. */
export const removeMember = tenantAction('owner', {
  input: z.object({ userId: z.uuid() }),
  async run({ run }, input) {
    await run((scope) => remove(scope, input));
    return null;
  },
});
