/** A window that binds, by name and hours: `アカウントの配信時間帯・携帯キャリア宛「毎日 09:00–21:00（Asia/Tokyo）」`. */
import type { BindingWindow } from '@hikyaku/campaigns';
import { useLocale, useTranslations } from 'next-intl';
import { windowTextOf } from './window-text.ts';

/** The name of a destination group in the language of the page; the key where the group is gone. */
export function useGroupName(groups: readonly GroupNames[]): (key: string) => string {
  const locale = useLocale();
  return (key) => groupNameOf(groups, key, locale);
}

export function useBindingText(groups: readonly GroupNames[]): BindingText {
  return bindingTextOf(useTranslations('campaigns'), groups, useLocale());
}

/** The same outside of components, where the translator comes from the request. */
export function bindingTextOf(
  t: CampaignWords,
  groups: readonly GroupNames[],
  locale: string,
): BindingText {
  const nameOf = ({ level, group }: BindingWindow) => {
    const name = t(`binding.${level}`);
    if (group === null) return name;
    return t('binding.ofGroup', { level: name, group: groupNameOf(groups, group, locale) });
  };
  const full = (binding: BindingWindow) =>
    t('binding.full', { name: nameOf(binding), window: windowTextOf(t, binding.window) });
  return { full, all: (bindings) => bindings.map(full).join(t('binding.and')) };
}

export function groupNameOf(groups: readonly GroupNames[], key: string, locale: string): string {
  const group = groups.find((one) => one.key === key);
  if (!group) return key;
  return locale === 'ja' ? group.nameJa : group.nameEn;
}

export type CampaignWords = ReturnType<typeof useTranslations<'campaigns'>>;

export interface BindingText {
  full(binding: BindingWindow): string;
  /** Several, as a list within a sentence. */
  all(bindings: readonly BindingWindow[]): string;
}

export interface GroupNames {
  key: string;
  nameJa: string;
  nameEn: string;
}
