/**
 * What an action or a route refuses with: a stable code that the catalogues put into words
 * (`errors.CODE`), values for the sentence, and the fields it concerns.
 */

export type RefusalParams = Record<string, string | number>;

export class Refusal extends Error {
  readonly code: string;
  readonly params: RefusalParams;
  /** Field name → code, for the form to show beside the field. */
  readonly fields: Record<string, string>;

  constructor(code: string, params: RefusalParams = {}, fields: Record<string, string> = {}) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.params = params;
    this.fields = fields;
  }
}

/** The same answer for another tenant's id, a random id and one that is gone. */
export function notFoundRefusal(): Refusal {
  return new Refusal('NOT_FOUND');
}

const STATUS: Record<string, number> = {
  SIGN_IN_NEEDED: 401,
  ROLE_TOO_LOW: 403,
  TENANT_SUSPENDED: 403,
  CROSS_SITE: 403,
  NOT_FOUND: 404,
  TOO_LARGE: 413,
  UNEXPECTED: 500,
};

/** The one place that knows which HTTP status a code answers with; 422 unless listed. */
export function refusalStatus(code: string): number {
  return STATUS[code] ?? 422;
}

/** What every server action answers with. */
export type Outcome<T> =
  | { ok: true; data: T }
  | { ok: false; code: string; params: RefusalParams; fields: Record<string, string> };
