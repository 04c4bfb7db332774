'use server';
import { domainToASCII } from 'node:url';
import { normaliseAddress } from '@hikyaku/audience';
import { suppress } from '@hikyaku/db';
import { z } from 'zod';
import { tenantAction } from '#server/action.ts';
import { Refusal } from '#server/refusal.ts';

const PASTED_MAX = 1_000;

/** Enters the addresses of a text, separated by line breaks, commas or spaces. All or none: SUPPRESSION_ADDRESS names the first bad one. */
export const addSuppressions = tenantAction('editor', {
  input: z.object({
    emails: z.string().trim().min(1, 'FIELD_EMPTY').max(300_000, 'FIELD_TOO_LONG'),
    note: z.string().trim().max(500, 'FIELD_TOO_LONG').default(''),
  }),
  async run({ run }, { emails, note }) {
    const given = emails.split(/[\s,;、]+/).filter(Boolean);
    if (given.length > PASTED_MAX) {
      throw new Refusal('SUPPRESSION_TOO_MANY', {}, { emails: 'SUPPRESSION_TOO_MANY' });
    }
    const addresses = given.map((raw) => {
      const address = normaliseAddress(raw, { toAscii: domainToASCII });
      if (!address.ok) throw new Refusal('SUPPRESSION_ADDRESS', { value: raw.slice(0, 100) });
      return address.email;
    });
    return run((scope) => suppress(scope, { emails: addresses, reason: 'manual', note }));
  },
});
