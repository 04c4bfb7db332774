'use client';
/** The views of one campaign, each with an address of its own. */
import { Tabs } from '@hikyaku/ui';
import { useSelectedLayoutSegment } from 'next/navigation';
import { useFormatter, useTranslations } from 'next-intl';

export function ReportTabs({ id, unknowns }: { id: string; unknowns: number }) {
  const t = useTranslations('reports.tabs');
  const label = useTranslations('campaigns.live')('tabs');
  const format = useFormatter();
  const segment = useSelectedLayoutSegment() ?? 'overview';
  return (
    <Tabs
      label={label}
      current={segment}
      items={TABS.map((key) => ({
        key,
        href: key === 'overview' ? `/campaigns/${id}` : `/campaigns/${id}/${key}`,
        label: t(key),
        count: key === 'unknowns' && unknowns > 0 ? format.number(unknowns) : undefined,
      }))}
    />
  );
}

const TABS = ['overview', 'destinations', 'replies', 'time', 'people', 'unknowns'] as const;
