import type { Catalogue } from './catalogues.ts';
import type { Locale } from './locale.ts';

declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale;
    // Keys are checked by the compiler. Codes that come from data are looked up with `as never`.
    Messages: Catalogue & { errors: Record<string, string> };
  }
}
