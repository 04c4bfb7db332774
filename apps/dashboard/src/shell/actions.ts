'use server';
/** What every page offers: another language, another tenant. */
import { asAuth } from '@hikyaku/db';
import { cookies } from 'next/headers';
import { z } from 'zod';
import { LOCALE_COOKIE, LOCALES } from '#i18n/locale.ts';
import { personAction, publicAction } from '#server/action.ts';
import { TENANT_COOKIE } from '#server/context.ts';
import { pools } from '#server/db.ts';
import { env } from '#server/env.ts';
import { notFoundRefusal } from '#server/refusal.ts';
import { currentPerson } from '#server/session.ts';

/** Keeps the language in a cookie and, for a signed-in person, in their account. */
export const setLocale = publicAction({
  input: z.object({ locale: z.enum(LOCALES) }),
  async run(_, { locale }) {
    await setCookie(LOCALE_COOKIE, locale);
    const person = await currentPerson();
    if (!person || person.locale === locale) return null;
    await asAuth(pools().auth, ({ prisma }) =>
      prisma.user.update({ where: { id: person.id }, data: { locale }, select: { id: true } }),
    );
    return null;
  },
});

/** Works for another of one's tenants from now on. */
export const switchTenant = personAction({
  input: z.object({ tenantId: z.uuid() }),
  async run(person, { tenantId }) {
    if (!person.tenants.some((tenant) => tenant.id === tenantId)) throw notFoundRefusal();
    await setCookie(TENANT_COOKIE, tenantId);
    return null;
  },
});

async function setCookie(name: string, value: string): Promise<void> {
  const isSecure = env().NEXTAUTH_URL.startsWith('https:');
  (await cookies()).set(name, value, {
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure,
    path: '/',
    maxAge: 365 * 24 * 3600,
  });
}
