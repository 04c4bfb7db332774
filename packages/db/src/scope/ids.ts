/** Ids are checked before they reach SQL, so that a malformed one is a clear error and not a cast failure. */
import { DbError } from './db-error.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const BIGINT_MAX = 9_223_372_036_854_775_807n;

/** True for a uuid in its canonical text form, in either case. */
export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value.toLowerCase());
}

/** True for a decimal bigint id: digits, 1 … 2^63-1. */
export function isBigId(value: unknown): value is string {
  return (
    typeof value === 'string' && /^[1-9][0-9]{0,18}$/.test(value) && BigInt(value) <= BIGINT_MAX
  );
}

/** The uuid in lower case; throws DbError INVALID_ID. */
export function requireUuid(value: unknown, what: string): string {
  if (isUuid(value)) return value.toLowerCase();
  throw new DbError('INVALID_ID', `${what} is not a uuid.`);
}

/** The id as bigint; throws DbError INVALID_ID. */
export function requireBigId(value: unknown, what: string): bigint {
  if (typeof value === 'bigint' && value > 0n && value <= BIGINT_MAX) return value;
  if (isBigId(value)) return BigInt(value);
  throw new DbError('INVALID_ID', `${what} is not an id.`);
}
