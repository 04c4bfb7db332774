'use client';
/** What the operator has stopped and why, where it holds up this campaign. */
import { Alert } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import type { Overview } from '../queries/overview.ts';

export function StopNotice({ overview }: { overview: Overview }) {
  const t = useTranslations('campaigns.stopped');
  const { stops } = overview;
  if (stops.length === 0) return null;
  const isWhole = stops.some(({ scope }) => scope === 'everything' || scope === 'tenant');
  return (
    <Alert tone="bad" title={isWhole ? t('titleAll') : t('titleSome')}>
      <ul className="flex list-disc flex-col gap-0.5 pl-5 [overflow-wrap:anywhere]">
        {stops.map(({ scope, key, reason }) => (
          <li key={`${scope}-${key}`}>
            {scope === 'destination' ? t('destination', { key, reason }) : t(scope, { reason })}
          </li>
        ))}
      </ul>
      <p className="mt-1">{t('note')}</p>
    </Alert>
  );
}
