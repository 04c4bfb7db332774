/** The error class of this room: a stable `code` for the mapper, a message for the operator. */

/** Codes that callers may switch on; the words for people are in the catalogues. */
export type DbErrorCode =
  | 'INVALID_ID'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'INVALID_INPUT'
  | 'MIGRATION_CHANGED'
  | 'MIGRATION_UNFINISHED'
  | 'MIGRATION_FAILED'
  | 'MIGRATIONS_MISSING'
  | 'ROLES_NOT_ALLOWED'
  | 'SECRET_TOO_SHORT'
  | 'DATABASE_URL_INVALID'
  | 'DATABASE_UNREACHABLE';

/** An operating error of the database room. `reason` narrows a CONFLICT or INVALID_INPUT, e.g. `campaign_live`. */
export class DbError extends Error {
  readonly code: DbErrorCode;
  readonly reason: string;
  /** Values for the sentence that tells a person. */
  readonly params: Readonly<Record<string, string | number>>;

  constructor(code: DbErrorCode, message: string, options: DbErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'DbError';
    this.code = code;
    this.reason = options.reason ?? '';
    this.params = options.params ?? {};
  }
}

interface DbErrorOptions {
  reason?: string;
  params?: Readonly<Record<string, string | number>>;
  cause?: unknown;
}
