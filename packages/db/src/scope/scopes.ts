/**
 * Every function of this room takes a scope first. A scope is a transaction (worker: a pool) that is bound to what it may see.
 * The tenant is set with set_config(…, true) inside the transaction, so that it cannot reach the next borrower.
 */
import { Prisma } from '../generated/client.ts';
import { requireUuid } from './ids.ts';
import { type Db, internalsOf } from './open-db.ts';
import { plane } from './plane.ts';

/** The Prisma client of a transaction, without the raw calls that take a string. */
export type ScopedPrisma = Omit<
  Prisma.TransactionClient,
  '$queryRawUnsafe' | '$executeRawUnsafe' | '$transaction' | '$queryRaw' | '$executeRaw'
>;

/** Rows typed by the caller; values are bound, never pasted. Values that are `fragment`s are spliced in. */
export type ScopedSql = <Row = Record<string, unknown>>(
  text: TemplateStringsArray,
  ...values: unknown[]
) => Promise<Row[]>;

interface TransactionScope {
  readonly prisma: ScopedPrisma;
  readonly sql: ScopedSql;
}

/** Sees and writes the rows of one tenant, held to it by row-level security. */
export interface TenantScope extends TransactionScope {
  readonly [plane]: 'tenant';
  readonly tenantId: string;
  /** Who acts, for the audit; null for the installation itself. */
  readonly actorId: string | null;
}

/** Sees every tenant; what it does is audited under `staffUserId`. */
export interface StaffScope extends TransactionScope {
  readonly [plane]: 'staff';
  /** null: the installation itself, from the command line. */
  readonly staffUserId: string | null;
}

/** Before a tenant is known: people, memberships, one-time links, throttles. */
export interface AuthScope extends TransactionScope {
  readonly [plane]: 'auth';
}

export interface ScopeOptions {
  /** Rolls back when the work takes longer; default 30 000. */
  timeoutMs?: number;
}

/** Either the tenant's id alone, or also who acts for it. */
export type TenantActor = string | { tenantId: string; actorId: string | null };

/**
 * Runs `work` in one transaction that sees a single tenant. `db` must be opened with the app role.
 * Throws DbError INVALID_ID for a malformed id; whatever `work` throws rolls everything back.
 */
export async function withTenant<T>(
  db: Db,
  tenant: TenantActor,
  work: (scope: TenantScope) => Promise<T>,
  options?: ScopeOptions,
): Promise<T> {
  const given = typeof tenant === 'string' ? { tenantId: tenant, actorId: null } : tenant;
  const tenantId = requireUuid(given.tenantId, 'The tenant id');
  const actorId = given.actorId === null ? null : requireUuid(given.actorId, 'The actor id');
  return transaction(db, options, async (prisma) => {
    await prisma.$executeRaw`select set_config('app.tenant', ${tenantId}, true)`;
    return work({ ...bind(prisma), [plane]: 'tenant', tenantId, actorId });
  });
}

/** Runs `work` in one transaction that sees every tenant. `db` must be opened with the staff role. */
export async function asStaff<T>(
  db: Db,
  staffUserId: string | null,
  work: (scope: StaffScope) => Promise<T>,
  options?: ScopeOptions,
): Promise<T> {
  const id = staffUserId === null ? null : requireUuid(staffUserId, 'The staff user id');
  return transaction(db, options, (prisma) =>
    work({ ...bind(prisma), [plane]: 'staff', staffUserId: id }),
  );
}

/** Runs `work` in one transaction before a tenant is known. `db` must be opened with the auth role. */
export async function asAuth<T>(
  db: Db,
  work: (scope: AuthScope) => Promise<T>,
  options?: ScopeOptions,
): Promise<T> {
  return transaction(db, options, (prisma) => work({ ...bind(prisma), [plane]: 'auth' }));
}

/** Opens a scope for each piece of a long reading, so that a slow download holds no transaction open. */
export type TenantRunner = <T>(work: (scope: TenantScope) => Promise<T>) => Promise<T>;

/** A piece of SQL with its values, to be spliced into `scope.sql`. */
export const fragment = Prisma.sql;
/** Fragments or values joined by a separator (default `,`). */
export const joinFragments = Prisma.join;
/** Nothing, where a fragment is optional. */
export const emptyFragment = Prisma.empty;

async function transaction<T>(
  db: Db,
  options: ScopeOptions | undefined,
  work: (prisma: Prisma.TransactionClient) => Promise<T>,
): Promise<T> {
  const timeout = options?.timeoutMs ?? 30_000;
  return internalsOf(db).prisma.$transaction(work, { maxWait: 15_000, timeout });
}

function bind(prisma: Prisma.TransactionClient): TransactionScope {
  return {
    prisma,
    sql: <Row>(text: TemplateStringsArray, ...values: unknown[]) =>
      prisma.$queryRaw<Row[]>(Prisma.sql(text, ...values)),
  };
}
