'use server';
import { defaultWindow, isKnownZone } from '@hikyaku/campaigns';
import { createTenantWithOwner } from '@hikyaku/db';
import { z } from 'zod';
import { LOCALES } from '#i18n/locale.ts';
import { staffAction } from '#server/action.ts';
import { newToken } from '#server/one-time-token.ts';

/** Makes a tenant and its owner. `url` is the invitation, shown once; null when the owner signs in already. */
export const createTenant = staffAction({
  input: z.object({
    name: z.string().trim().min(1, 'FIELD_EMPTY').max(100, 'FIELD_TOO_LONG'),
    zone: z.string().refine(isKnownZone, 'ZONE_UNKNOWN'),
    locale: z.enum(LOCALES),
    email: z.string().trim().toLowerCase().pipe(z.email('ADDRESS_INVALID').max(254)),
    ownerName: z.string().trim().max(100, 'FIELD_TOO_LONG').default(''),
  }),
  async run({ run }, { name, zone, locale, email, ownerName }) {
    const { url, ...invitation } = newToken('invite');
    const created = await run((scope) =>
      createTenantWithOwner(scope, {
        ...{ name, zone, locale, invitation },
        window: defaultWindow(zone),
        owner: { email, name: ownerName },
      }),
    );
    return { tenantId: created.tenantId, email, url: created.isInvited ? url : null };
  },
});
