'use server';
import { SUPPRESSION_REASONS } from '@hikyaku/contracts';
import { releaseSuppressions } from '@hikyaku/db';
import { z } from 'zod';
import { tenantAction } from '#server/action.ts';

/** Lets everybody that a search or a reason finds receive again, but for those whose own word stands against it. */
export const releaseMany = tenantAction('editor', {
  input: z.object({
    search: z.string().trim().max(200),
    kind: z.enum(['', ...SUPPRESSION_REASONS]),
    reason: z.string().trim().min(1, 'RELEASE_REASON_EMPTY').max(500, 'FIELD_TOO_LONG'),
  }),
  run: ({ run, role }, { search, kind, reason }) =>
    run((scope) =>
      releaseSuppressions(scope, {
        rule: { search: search || undefined, reason: kind || undefined },
        note: reason,
        role,
      }),
    ),
});
