/** One attempt: what was asked, what the server answered in its own words, where, how long it took. */
import type { DeliveryAttempt } from '@hikyaku/db';
import { type Fact, Facts } from '@hikyaku/ui';
import clsx from 'clsx';
import { useLocale, useTranslations } from 'next-intl';
import { formatBytes } from '#format/size.ts';
import { Time } from '#format/time.tsx';
import { useCategoryText, useDurationText, usePhaseText } from '../report-text.ts';
import { DeliveryBadge } from './delivery-badge.tsx';

export function AttemptItem({ event, zone }: { event: DeliveryAttempt; zone: string }) {
  const t = useTranslations('reports.timeline');
  const locale = useLocale();
  const categoryText = useCategoryText();
  const phaseText = usePhaseText();
  const duration = useDurationText();
  const { code, enhanced, text } = event;
  const parts = [code, enhanced && text.startsWith(enhanced) ? null : enhanced, text];
  const reply = parts.filter((part) => part !== null && part !== '').join(' ');
  const timings = [
    event.envelopeMs !== null && t('envelope', { value: duration(event.envelopeMs) }),
    event.dotMs !== null && t('dot', { value: duration(event.dotMs) }),
  ].filter(Boolean);
  const items: Fact[] = [
    { key: 'phase', label: t('phase'), value: phaseText(event.phase) },
    {
      key: 'mx',
      label: t('mx'),
      value: (
        <>
          {event.mxHost}{' '}
          <span className="text-ink-muted tabular-nums">
            {event.mxAddress && `[${event.mxAddress}]`}
          </span>
        </>
      ),
    },
    {
      key: 'session',
      label: t('session'),
      value: (
        <span className="tabular-nums">
          {t('transaction', { session: event.session, n: event.transaction })}
        </span>
      ),
    },
    { key: 'source', label: t('source'), value: event.source },
    { key: 'timings', label: t('timings'), value: timings.join(' · ') || '–' },
    {
      key: 'size',
      label: t('size'),
      value: [formatBytes(event.sizeBytes, locale), t(event.mode), event.tls ?? t('noTls')].join(
        ' · ',
      ),
    },
  ];
  return (
    <li className={clsx('border-l-2 pl-4', BORDERS[event.disposition])}>
      <h3 className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm font-medium">
        {t('attempt', { n: event.attempt })}
        <DeliveryBadge state={event.disposition} />
        <span className="font-normal text-ink-muted">
          <Time at={event.at.getTime()} zone={zone} style="seconds" />
        </span>
      </h3>
      <p className="mt-1 text-sm">{categoryText(event.category)}</p>
      <pre className="mt-2 max-h-40 overflow-auto rounded-lg bg-sunken px-3 py-2 font-mono text-xs whitespace-pre-wrap [overflow-wrap:anywhere]">
        {reply || t('noReply')}
      </pre>
      <div className="mt-3 text-[0.8125rem]">
        <Facts items={items} />
      </div>
    </li>
  );
}

const BORDERS = {
  accepted: 'border-good',
  deferred: 'border-warn',
  bounced: 'border-bad',
  unknown: 'border-odd',
} as const;
