import { listMembers as list } from '@hikyaku/db';
import type { TenantContext } from '#server/context.ts';

/** All members, as the screen shows them. */
export async function listMembers({ run }: TenantContext) {
  const members = await run((scope) => list(scope));
  return members.map(({ userId, email, name, role, lastSignInAt }) => ({
    ...{ userId, email, name, role },
    lastSignInAt: lastSignInAt?.getTime() ?? null,
  }));
}
