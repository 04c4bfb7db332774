/** next-intl's entry: language, words and formats of one request. Times are shown in the tenant's zone where it matters. */
import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { currentPerson } from '#server/session.ts';
import { type Catalogue, catalogues } from './catalogues.ts';
import { isLocale, LOCALE_COOKIE, pickLocale } from './locale.ts';

export default getRequestConfig(async ({ locale: asked }) => {
  const locale = isLocale(asked) ? asked : await requestLocale();
  return {
    locale,
    messages: catalogues[locale] as Catalogue & { errors: Record<string, string> },
    timeZone: 'Asia/Tokyo',
    onError(error) {
      console.error(JSON.stringify({ level: 'error', msg: 'text missing', error: error.message }));
    },
  };
});

async function requestLocale() {
  const person = await currentPerson().catch(() => null);
  if (isLocale(person?.locale)) return person.locale;
  const chosen = (await cookies()).get(LOCALE_COOKIE)?.value;
  if (isLocale(chosen)) return chosen;
  return pickLocale((await headers()).get('accept-language'));
}
