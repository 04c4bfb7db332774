/** The urls of the runtime roles, derived from the owner's url and the installation's secret. */
import { createHmac } from 'node:crypto';
import { DbError } from '../scope/db-error.ts';

/** Roles are cluster-wide. They own nothing, except for the queue's tables in their schema `bullmq`. */
export const RUNTIME_ROLES = {
  app: 'hikyaku_app',
  auth: 'hikyaku_auth',
  staff: 'hikyaku_staff',
  worker: 'hikyaku_worker',
  queue: 'hikyaku_queue',
} as const;

export type RuntimePlane = keyof typeof RUNTIME_ROLES;
export type RuntimeUrls = Record<RuntimePlane, string>;

const SECRET_MIN = 16;

/**
 * One url per role, for the same database. Throws DbError DATABASE_URL_INVALID or SECRET_TOO_SHORT (under 16 characters).
 * The same secret gives the same passwords: installations that share a cluster must share the secret.
 */
export function runtimeUrls(ownerUrl: string, secret: string): RuntimeUrls {
  const planes = Object.keys(RUNTIME_ROLES) as RuntimePlane[];
  const pairs = planes.map((plane) => [plane, urlFor(ownerUrl, RUNTIME_ROLES[plane], secret)]);
  return Object.fromEntries(pairs) as RuntimeUrls;
}

/** HMAC-SHA256 of the role's name, in base64url: nothing to store, nothing to escape in a url. */
export function rolePassword(role: string, secret: string): string {
  if (secret.length < SECRET_MIN) {
    throw new DbError(
      'SECRET_TOO_SHORT',
      `The installation's secret must have at least ${SECRET_MIN} characters. Set HIKYAKU_SECRET to a random one.`,
    );
  }
  return createHmac('sha256', secret).update(`hikyaku/database-role/${role}`).digest('base64url');
}

function urlFor(ownerUrl: string, role: string, secret: string): string {
  const password = rolePassword(role, secret);
  const url = URL.canParse(ownerUrl) ? new URL(ownerUrl) : undefined;
  if (!url || !/^postgres(ql)?:$/.test(url.protocol)) {
    throw new DbError(
      'DATABASE_URL_INVALID',
      'DATABASE_URL must look like postgresql://user:password@host:5432/database.',
    );
  }
  url.searchParams.delete('user');
  url.searchParams.delete('password');
  if (url.hostname === '') {
    // A socket folder in ?host=: such a url has no place for a user before the host.
    url.searchParams.set('user', role);
    url.searchParams.set('password', password);
  } else {
    url.username = role;
    url.password = password;
  }
  return url.href;
}
