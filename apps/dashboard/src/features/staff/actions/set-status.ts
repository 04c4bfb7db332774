'use server';
import { activateTenant, suspendTenant } from '@hikyaku/db';
import { z } from 'zod';
import { staffAction } from '#server/action.ts';

/** Suspends a tenant or lets it go on; the reason goes into the audit log. */
export const setTenantStatus = staffAction({
  input: z.object({
    tenantId: z.uuid(),
    status: z.enum(['active', 'suspended']),
    reason: z.string().trim().min(1, 'REASON_EMPTY').max(500, 'FIELD_TOO_LONG'),
  }),
  async run({ run }, { status, ...input }) {
    const change = status === 'active' ? activateTenant : suspendTenant;
    await run((scope) => change(scope, input));
    return null;
  },
});
