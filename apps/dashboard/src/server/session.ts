/**
 * Who is asking: read from the database at every request, once per request. A session whose version is
 * no longer the user's is none.
 */
import type { MemberRole } from '@hikyaku/contracts';
import { asAuth, loadSession } from '@hikyaku/db';
import { getServerSession } from 'next-auth';
import { cache } from 'react';
import { authOptions } from './auth-options.ts';
import { pools } from './db.ts';

export type Role = MemberRole;

/** One tenant that a person belongs to. */
export interface PersonTenant {
  id: string;
  name: string;
  zone: string;
  status: 'active' | 'suspended';
  role: Role;
}

/** The signed-in person. */
export interface Person {
  id: string;
  email: string;
  name: string;
  locale: string;
  isStaff: boolean;
  tenants: PersonTenant[];
}

/** The person of this request, or null. */
export const currentPerson = cache(async (): Promise<Person | null> => {
  const session = (await getServerSession(authOptions())) as unknown as {
    userId?: string;
    version?: number;
  } | null;
  if (!session?.userId) return null;
  return loadPerson(session.userId, session.version);
});

async function loadPerson(userId: string, version: unknown): Promise<Person | null> {
  const loaded = await asAuth(pools().auth, (scope) =>
    loadSession(scope, { userId, sessionVersion: Number(version) }),
  );
  if (!loaded) return null;
  const tenants = loaded.memberships.map((membership) => ({
    id: membership.tenantId,
    name: membership.tenantName,
    zone: membership.tenantZone,
    status: membership.tenantStatus,
    role: membership.role,
  }));
  return { ...loaded.user, tenants };
}
