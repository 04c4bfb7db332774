/**
 * Who is asking: read from the database at every request, once per request. A session whose version is
 * no longer the user's is none.
 */
import { asAuth } from '@hikyaku/db';
import { getServerSession } from 'next-auth';
import { cache } from 'react';
import { authOptions } from './auth-options.ts';
import { pools } from './db.ts';

export type Role = 'owner' | 'admin' | 'editor' | 'viewer';

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

async function loadPerson(id: string, version: number | undefined): Promise<Person | null> {
  const user = await asAuth(pools().auth, ({ prisma }) =>
    prisma.user.findUnique({
      where: { id },
      select: {
        id: true,
        email: true,
        name: true,
        locale: true,
        isStaff: true,
        sessionVersion: true,
        memberships: {
          select: {
            role: true,
            tenant: { select: { id: true, name: true, zone: true, status: true } },
          },
        },
      },
    }),
  );
  if (!user || user.sessionVersion !== version) return null;
  const { memberships, sessionVersion: _, ...person } = user;
  const tenants = memberships.map(({ role, tenant }) => ({ ...tenant, role }));
  tenants.sort((a, b) => a.name.localeCompare(b.name));
  return { ...person, tenants };
}
