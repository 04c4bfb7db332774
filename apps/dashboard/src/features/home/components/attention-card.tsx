/** What needs a person, most pressing first, each with the place where it is dealt with. */
import { Card, Icon, type IconName, TextLink } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import type { HomeFacts } from '../queries/home-facts.ts';

export function AttentionCard({ facts, blocked }: AttentionCardProps) {
  const t = useTranslations('home');
  const items: AttentionItem[] = [];
  for (const { id, name } of facts.missed)
    items.push({
      key: id,
      icon: 'clock',
      text: t('missed', { name }),
      href: `/campaigns/${id}`,
    });
  for (const item of facts.imports)
    items.push({
      key: item.id,
      icon: item.state === 'failed' ? 'cross' : 'clock',
      text: t(item.state === 'failed' ? 'importFailed' : 'importMapping', { name: item.filename }),
      href: item.listId
        ? `/lists/${item.listId}/import/${item.id}`
        : `/suppressions/import/${item.id}`,
    });
  for (const { id, name, waiting } of facts.paused)
    items.push({
      key: id,
      icon: 'pause',
      text: t('paused', { name, count: waiting }),
      href: `/campaigns/${id}`,
    });
  for (const { id, name, count } of facts.unknowns)
    items.push({
      key: `${id}/unknown`,
      icon: 'question',
      text: t('unknowns', { name, count }),
      href: `/campaigns/${id}/unknowns`,
    });
  for (const { id, name } of blocked)
    items.push({
      key: id,
      icon: 'exclamation',
      text: t('blocked', { name }),
      href: `/campaigns/${id}/edit`,
    });
  return (
    <Card title={t('attention')}>
      {!facts.has.domain && (
        <p className="mb-3 flex items-start gap-2.5 text-sm">
          <Icon name="exclamation" className="mt-[0.3em] shrink-0 text-warn" />
          {t('noDomain')}
        </p>
      )}
      {items.length === 0 ? (
        facts.has.domain && (
          <p className="flex items-center gap-2 text-sm text-ink-muted">
            <Icon name="check" className="text-good" />
            {t('attentionNone')}
          </p>
        )
      ) : (
        <ul className="flex flex-col gap-2.5">
          {items.map((item) => (
            <li key={item.key} className="flex items-start gap-2.5 text-sm">
              <Icon name={item.icon} className="mt-[0.3em] shrink-0 text-warn-ink" />
              <TextLink isQuiet href={item.href} className="text-ink">
                {item.text}
              </TextLink>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

interface AttentionItem {
  key: string;
  icon: IconName;
  text: string;
  href: string;
}

export interface AttentionCardProps {
  facts: HomeFacts;
  blocked: readonly { id: string; name: string }[];
}
