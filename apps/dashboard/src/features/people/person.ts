/** A person of a list as the screens see one, and how typed values become one. */
import { domainToASCII } from 'node:url';
import { FIELD_MAX, fieldValue, normaliseAddress } from '@hikyaku/audience';
import { z } from 'zod';
import { Refusal } from '#server/refusal.ts';

export interface PersonColumn {
  key: string;
  label: string;
}

/** What this feature needs to know of a list. */
export interface PersonList {
  id: string;
  columns: PersonColumn[];
}

/** Fields as they are stored; whatever else stands there is left out. */
export const fieldsSchema = z.record(z.string(), z.string()).catch({});

/** Of a form that names its inputs `field:<key>`: the values for the list's columns and no others. */
export function fieldsFrom(
  given: Record<string, unknown>,
  columns: readonly PersonColumn[],
): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const { key } of columns) {
    const value = given[`field:${key}`];
    if (typeof value !== 'string') continue;
    const stored = fieldValue(value);
    if (stored.length > FIELD_MAX) {
      throw new Refusal('FORM_INVALID', {}, { [`field:${key}`]: 'FIELD_TOO_LONG' });
    }
    fields[key] = stored;
  }
  return fields;
}

/** Throws a Refusal at the field `email`. */
export function addressFrom(email: string) {
  const address = normaliseAddress(email, { toAscii: domainToASCII });
  if (address.ok)
    return { email: address.email, emailKey: address.emailKey, domain: address.domain };
  const code = address.code === 'no-address' ? 'FIELD_EMPTY' : 'ADDRESS_INVALID';
  throw new Refusal(code, {}, { email: code });
}
