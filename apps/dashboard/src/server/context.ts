/**
 * The boundary: every page, action and route begins with one of these. They read the session, the
 * membership and the tenant's state from the database, and hand out a scope that sees one tenant only.
 */
import { asStaff, type StaffScope, type TenantScope, withTenant } from '@hikyaku/db';
import { cookies, headers } from 'next/headers';
import { forbidden, notFound, redirect } from 'next/navigation';
import { pools } from './db.ts';
import { notFoundRefusal, Refusal } from './refusal.ts';
import { currentPerson, type Person, type PersonTenant, type Role } from './session.ts';

export const TENANT_COOKIE = 'hikyaku.tenant';

const RANK: Record<Role, number> = { viewer: 0, editor: 1, admin: 2, owner: 3 };

/** What a tenant's page or action works with. */
export interface TenantContext {
  user: Person;
  tenant: PersonTenant;
  role: Role;
  /** True when the tenant is suspended or the role is viewer: show, but offer no change. */
  isReadOnly: boolean;
  /** Has the person at least this role? */
  has: (role: Role) => boolean;
  /** Runs in one transaction that sees this tenant alone. No HTTP or SMTP inside. */
  run: <T>(work: (scope: TenantScope) => Promise<T>) => Promise<T>;
}

/** What a staff page or action works with. */
export interface StaffContext {
  user: Person;
  run: <T>(work: (scope: StaffScope) => Promise<T>) => Promise<T>;
}

/** For pages: sends to sign-in without a session, to the staff area without a tenant, 403 below `role`. */
export async function requireTenant(role: Role = 'viewer'): Promise<TenantContext> {
  const context = await tenantContext();
  if (context === 'no-session') return toSignIn();
  if (context === 'no-tenant')
    return redirect((await currentPerson())?.isStaff ? '/staff/tenants' : '/no-tenant');
  if (!context.has(role)) forbidden();
  return context;
}

/** For pages of the staff area. A tenant's person gets the same 404 as for a page that does not exist. */
export async function requireStaff(): Promise<StaffContext> {
  const user = await currentPerson();
  if (!user) return toSignIn();
  if (!user.isStaff) notFound();
  return staffContext(user);
}

/** For pages that any signed-in person may see. */
export async function requirePerson(): Promise<Person> {
  return (await currentPerson()) ?? toSignIn();
}

/** For actions and routes: throws SIGN_IN_NEEDED, ROLE_TOO_LOW or (when `changes`) TENANT_SUSPENDED. */
export async function tenantOrRefuse(role: Role, changes: boolean): Promise<TenantContext> {
  const context = await tenantContext();
  if (context === 'no-session') throw new Refusal('SIGN_IN_NEEDED');
  if (context === 'no-tenant') throw notFoundRefusal();
  if (!context.has(role)) throw new Refusal('ROLE_TOO_LOW', { role });
  if (changes && context.tenant.status === 'suspended') throw new Refusal('TENANT_SUSPENDED');
  return context;
}

/** For actions and routes of the staff area; NOT_FOUND for everybody else. */
export async function staffOrRefuse(): Promise<StaffContext> {
  const user = await currentPerson();
  if (!user) throw new Refusal('SIGN_IN_NEEDED');
  if (!user.isStaff) throw notFoundRefusal();
  return staffContext(user);
}

/** For actions and routes of any signed-in person. */
export async function personOrRefuse(): Promise<Person> {
  const user = await currentPerson();
  if (!user) throw new Refusal('SIGN_IN_NEEDED');
  return user;
}

/** The tenant that the person works for now: the one last chosen, else the first. */
export async function currentTenant(person: Person): Promise<PersonTenant | null> {
  const chosen = (await cookies()).get(TENANT_COOKIE)?.value;
  return person.tenants.find((tenant) => tenant.id === chosen) ?? person.tenants[0] ?? null;
}

async function tenantContext(): Promise<TenantContext | 'no-session' | 'no-tenant'> {
  const user = await currentPerson();
  if (!user) return 'no-session';
  const tenant = await currentTenant(user);
  if (!tenant) return 'no-tenant';
  const has = (role: Role) => RANK[tenant.role] >= RANK[role];
  return {
    user,
    tenant,
    role: tenant.role,
    isReadOnly: tenant.status === 'suspended' || !has('editor'),
    has,
    run: (work) => withTenant(pools().app, { tenantId: tenant.id, actorId: user.id }, work),
  };
}

function staffContext(user: Person): StaffContext {
  return { user, run: (work) => asStaff(pools().staff, user.id, work) };
}

async function toSignIn(): Promise<never> {
  const path = (await headers()).get('x-path') ?? '/';
  redirect(path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`);
}
