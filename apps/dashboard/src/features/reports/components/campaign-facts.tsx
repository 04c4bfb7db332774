'use client';
/** What was sent, from whom, to which list, when, and in which hours. */
import { Card, type Fact, Facts, TextLink } from '@hikyaku/ui';
import { useFormatter, useTranslations } from 'next-intl';
import { Time } from '#format/time.tsx';
import { useWindowText } from '#format/window-text.ts';
import type { Overview } from '../queries/overview.ts';
import { useCategoryText } from '../report-text.ts';

export function CampaignFacts({ overview, zone }: { overview: Overview; zone: string }) {
  const t = useTranslations('campaigns.live');
  const format = useFormatter();
  const windowText = useWindowText();
  const categoryText = useCategoryText();
  const { listId, listName, fromName, fromEmail, launchedAtMs, finishedAtMs, expiresAtMs } =
    overview;
  const excluded = Object.entries(overview.excluded).filter(([, count]) => count > 0);
  const items: Fact[] = [
    { key: 'subject', label: t('frozen'), value: overview.subject },
    { key: 'from', label: t('from'), value: fromName ? `${fromName} <${fromEmail}>` : fromEmail },
  ];
  if (listName !== null)
    items.push({
      key: 'list',
      label: t('list'),
      value: listId ? <TextLink href={`/lists/${listId}`}>{listName}</TextLink> : listName,
    });
  if (excluded.length > 0)
    items.push({
      key: 'excluded',
      label: t('excluded'),
      value: excluded
        .map(([reason, count]) => `${categoryText(`suppressed:${reason}`)} ${format.number(count)}`)
        .join(' · '),
    });
  items.push({ key: 'mode', label: t('mode'), value: t(overview.mode) });
  items.push({ key: 'window', label: t('window'), value: windowText(overview.window) });
  for (const [key, at] of [
    ['started', launchedAtMs],
    ['finished', finishedAtMs],
    ['expires', expiresAtMs],
  ] as const)
    if (at !== null)
      items.push({
        key,
        label: t(key),
        value: (
          <>
            <Time at={at} zone={zone} /> <span className="text-ink-muted">({zone})</span>
          </>
        ),
      });
  return (
    <Card>
      <Facts items={items} />
    </Card>
  );
}
