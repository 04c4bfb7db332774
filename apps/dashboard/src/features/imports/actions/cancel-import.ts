'use server';
/** Gives an upload up; what it has written stays. */
import { cancelImport as cancel } from '@hikyaku/db';
import { z } from 'zod';
import { tenantAction } from '#server/action.ts';

export const cancelImport = tenantAction('editor', {
  input: z.object({ importId: z.uuid() }),
  async run({ run }, input) {
    await run((scope) => cancel(scope, input));
    return null;
  },
});
