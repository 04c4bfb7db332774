'use server';
import { addMember, asAuth, ensureInvitedUser } from '@hikyaku/db';
import { z } from 'zod';
import { LOCALES } from '#i18n/locale.ts';
import { tenantAction } from '#server/action.ts';
import { pools } from '#server/db.ts';
import { newToken } from '#server/one-time-token.ts';
import { isOnlyOurs } from '../whose-person.ts';

const email = z.string().trim().toLowerCase().pipe(z.email('ADDRESS_INVALID').max(254));

/**
 * Adds a person and answers with a link that sets their password, or null when they have one or belong
 * elsewhere too: a link for somebody whom other tenants trust would open those tenants to its holder.
 */
export const inviteMember = tenantAction('owner', {
  input: z.object({
    email,
    name: z.string().trim().max(100, 'FIELD_TOO_LONG').default(''),
    role: z.enum(['admin', 'editor', 'viewer']),
    locale: z.enum(LOCALES),
  }),
  async run({ run, user, tenant }, { email, name, role, locale }) {
    const { url, ...invitation } = newToken('invite');
    const invited = await asAuth(pools().auth, async (scope) => {
      const known = await isOnlyOurs(scope, { email }, tenant.id);
      if (known && !known.isOnlyOurs) return { userId: known.userId, isInvited: false };
      return ensureInvitedUser(scope, { email, name, locale, createdBy: user.id, invitation });
    });
    await run((scope) => addMember(scope, { userId: invited.userId, role }));
    return { email, url: invited.isInvited ? url : null };
  },
});
