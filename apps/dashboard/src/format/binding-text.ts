/** A window that binds, by name and hours: `アカウントの配信時間帯（携帯キャリア宛）: 毎日 09:00–21:00（Asia/Tokyo）`. */
import type { BindingWindow } from '@hikyaku/campaigns';
import { useLocale, useTranslations } from 'next-intl';
import { useWindowText } from './window-text.ts';

/** The name of a destination group in the language of the page; the key where the group is gone. */
export function useGroupName(groups: readonly GroupNames[]): (key: string) => string {
  const locale = useLocale();
  return (key) => {
    const group = groups.find((one) => one.key === key);
    return group ? (locale === 'ja' ? group.nameJa : group.nameEn) : key;
  };
}

export function useBindingText(groups: readonly GroupNames[]): BindingText {
  const t = useTranslations('campaigns.binding');
  const groupName = useGroupName(groups);
  const windowText = useWindowText();
  const name = ({ level, group }: Pick<BindingWindow, 'level' | 'group'>) =>
    group === null ? t(level) : t('ofGroup', { level: t(level), group: groupName(group) });
  return {
    name,
    full: (binding) => t('full', { name: name(binding), window: windowText(binding.window) }),
    all: (bindings) =>
      bindings
        .map((one) => t('full', { name: name(one), window: windowText(one.window) }))
        .join(t('and')),
  };
}

export interface BindingText {
  name(binding: Pick<BindingWindow, 'level' | 'group'>): string;
  full(binding: BindingWindow): string;
  /** Several, as a list within a sentence. */
  all(bindings: readonly BindingWindow[]): string;
}

export interface GroupNames {
  key: string;
  nameJa: string;
  nameEn: string;
}
