/** A delivery window in words: `毎日 09:00–21:00（Asia/Tokyo）`. Works on server and client. */
import { isAllDay, type Window } from '@hikyaku/campaigns';
import { useTranslations } from 'next-intl';

export function useWindowText(): (window: Window) => string {
  const t = useTranslations('campaigns');
  return (window) => windowTextOf(t, window);
}

/** The same outside of components, where the translator comes from the request. */
export function windowTextOf(
  t: ReturnType<typeof useTranslations<'campaigns'>>,
  window: Window,
): string {
  const { start, end, zone } = window;
  const hours =
    isAllDay(window) || (start === '00:00' && end === '24:00')
      ? t('window.allDay')
      : t('window.hours', { start, end });
  const isEveryDay = new Set(window.days).size === 7;
  const days = isEveryDay
    ? t('compose.everyDay')
    : window.days.map((day) => t(`compose.day.${day as 1}`)).join(t('window.daySeparator'));
  return t('window.summary', { days, hours, zone });
}
