/** Categories, phases and durations in words. An id that the catalogue does not know is shown as it is. */
import { useFormatter, useTranslations } from 'next-intl';
import { durationParts } from '#format/duration.ts';

export function useCategoryText(): (category: string | null) => string {
  const t = useTranslations('reports.category');
  return (category) => {
    if (category === null) return t('none');
    return t.has(category as never) ? t(category as never) : category;
  };
}

export function usePhaseText(): (phase: string) => string {
  const t = useTranslations('reports.phase');
  return (phase) => {
    const key = phase.toUpperCase();
    return t.has(key as never) ? t(key as never) : phase;
  };
}

export function useDurationText(): (ms: number) => string {
  const t = useTranslations('reports.duration');
  return (ms) => {
    const { key, values } = durationParts(ms);
    return t(key, values as never);
  };
}

/** A share as a percentage with one decimal, never rounded up to 100 % or down to 0 %; `–` over nobody. */
export function useShareText(): (share: number | null) => string {
  const format = useFormatter();
  return (share) => {
    if (share === null) return '–';
    const tenths = Math.round(share * 1000);
    const honest =
      share < 1 && tenths === 1000 ? 0.999 : share > 0 && tenths === 0 ? 0.001 : tenths / 1000;
    return format.number(honest, {
      style: 'percent',
      minimumFractionDigits: 1,
      maximumFractionDigits: 1,
    });
  };
}
