'use server';
import { domainToASCII } from 'node:url';
import { normaliseDomain } from '@hikyaku/audience';
import { addSenderDomain, removeSenderDomain } from '@hikyaku/db';
import { z } from 'zod';
import { staffAction } from '#server/action.ts';
import { Refusal } from '#server/refusal.ts';

const reason = z.string().trim().min(1, 'REASON_EMPTY').max(500, 'FIELD_TOO_LONG');

/** Enters a domain that the tenant has proven; `reason` says how. */
export const addDomain = staffAction({
  input: z.object({ tenantId: z.uuid(), domain: z.string().trim().max(300), reason }),
  async run({ run }, input) {
    const domain = normaliseDomain(input.domain, { toAscii: domainToASCII });
    if (!domain) throw new Refusal('DOMAIN', {}, { domain: 'DOMAIN' });
    await run((scope) => addSenderDomain(scope, { ...input, domain }));
    return null;
  },
});

/** Takes a domain back; campaigns that are scheduled from it keep their From. */
export const removeDomain = staffAction({
  input: z.object({ tenantId: z.uuid(), domain: z.string().max(300), reason }),
  async run({ run }, input) {
    await run((scope) => removeSenderDomain(scope, input));
    return null;
  },
});
