'use server';
import { deleteList as remove } from '@hikyaku/db';
import { z } from 'zod';
import { tenantAction } from '#server/action.ts';

/** Refused with CAMPAIGN_LIVE or IMPORT_RUNNING while something lives on it. */
export const deleteList = tenantAction('admin', {
  input: z.object({ listId: z.uuid() }),
  async run({ run }, input) {
    await run((scope) => remove(scope, input));
    return null;
  },
});
