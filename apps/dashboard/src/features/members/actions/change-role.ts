'use server';
import { MEMBER_ROLES } from '@hikyaku/contracts';
import { setMemberRole } from '@hikyaku/db';
import { z } from 'zod';
import { tenantAction } from '#server/action.ts';

/** LAST_OWNER when nobody else would be owner. */
export const changeRole = tenantAction('owner', {
  input: z.object({ userId: z.uuid(), role: z.enum(MEMBER_ROLES) }),
  async run({ run }, input) {
    await run((scope) => setMemberRole(scope, input));
    return null;
  },
});
