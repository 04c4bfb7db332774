'use client';
/** The checklist: what was looked at, what blocks, and who is left out and why, before anything is sent. */
import type { Window } from '@hikyaku/campaigns';
import { Card, Icon, type IconName } from '@hikyaku/ui';
import clsx from 'clsx';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { formatBytes } from '#format/size.ts';
import { STYLES } from '#format/time.tsx';
import { useWindowText } from '#format/window-text.ts';
import { type DraftForm, readDraft } from '../draft-form.ts';
import type { CampaignCheck, CheckItem } from '../queries/check-campaign.ts';

export function ChecklistPanel(props: ChecklistPanelProps) {
  const { check, isRefreshing } = props;
  const t = useTranslations('campaigns.checklist');
  const format = useFormatter();
  const text = useItemText(props);
  const excluded = Object.entries(check.exclusions.byReason);
  return (
    <Card title={t('title')} description={isRefreshing ? t('refreshing') : t('lead')}>
      <ul
        aria-busy={isRefreshing}
        className={clsx('flex flex-col gap-2.5 text-sm', isRefreshing && 'opacity-60')}
      >
        {check.items.map((item) => (
          <li key={item.code} className="flex items-start gap-2.5">
            <span
              className={clsx(
                'mt-[0.2em] grid size-5 shrink-0 place-items-center rounded-full',
                LOOKS[item.level].className,
              )}
            >
              <Icon name={LOOKS[item.level].icon} sizePx={12} />
              <span className="sr-only">{t(`level.${item.level}`)}:</span>
            </span>
            <span className={clsx(item.level === 'blocker' && 'font-medium')}>{text(item)}</span>
          </li>
        ))}
      </ul>
      {check.opensAtMs !== null && (
        <p className="mt-3 flex items-start gap-2.5 text-sm text-warn-ink">
          <Icon name="clock" className="mt-[0.3em] shrink-0" />
          {t('opensAt', {
            time: format.dateTime(check.opensAtMs, { ...STYLES.short, timeZone: props.zone }),
          })}
        </p>
      )}
      {excluded.length > 0 && (
        <div className="mt-4 border-t border-line pt-3">
          <h3 className="mb-1.5 text-[0.8125rem] font-medium text-ink-muted">{t('excluded')}</h3>
          <dl className="text-sm">
            {excluded.map(([reason, count]) => (
              <div key={reason} className="flex justify-between gap-4 py-0.5">
                <dt>{t(`exclusion.${reason as 'invalid'}`)}</dt>
                <dd className="tabular-nums">{format.number(count)}</dd>
              </div>
            ))}
          </dl>
        </div>
      )}
    </Card>
  );
}

function useItemText({ window, tenantWindow, zone }: ChecklistPanelProps) {
  const t = useTranslations('campaigns.checklist.item');
  const part = useTranslations('templates.editor');
  const format = useFormatter();
  const locale = useLocale();
  const windowText = useWindowText();
  return ({ code, params }: CheckItem): string => {
    const size = (key: string) => formatBytes(Number(params[key] ?? 0), locale);
    const values: Record<string, string | number> = {
      ...params,
      messageSize: size('messageBytes'),
      totalSize: size('totalBytes'),
      maxSize: size('maxBytes'),
      window: windowText(
        code === 'windows-never-open' ? tenantWindow : readDraft(window, 0).window,
      ),
    };
    if (typeof params.part === 'string') values.part = part(params.part as 'html');
    if (typeof params.atMs === 'number')
      values.time = format.dateTime(params.atMs, { ...STYLES.full, timeZone: zone });
    return t(code, values as never);
  };
}

const LOOKS: Record<CheckItem['level'], { icon: IconName; className: string }> = {
  ok: { icon: 'check', className: 'bg-good-soft text-good-ink' },
  warning: { icon: 'exclamation', className: 'bg-warn-soft text-warn-ink' },
  blocker: { icon: 'cross', className: 'bg-bad-soft text-bad-ink' },
};

export interface ChecklistPanelProps {
  check: CampaignCheck;
  isRefreshing: boolean;
  window: DraftForm;
  tenantWindow: Window;
  zone: string;
}
