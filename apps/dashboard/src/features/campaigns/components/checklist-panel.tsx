'use client';
/** The checklist: what was looked at, what blocks, and who is left out and why, before anything is sent. */
import { Card, Icon, type IconName, TextLink } from '@hikyaku/ui';
import clsx from 'clsx';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { useBindingText, useGroupName } from '#format/binding-text.ts';
import { formatBytes } from '#format/size.ts';
import { STYLES } from '#format/time.tsx';
import { useWindowText } from '#format/window-text.ts';
import { type DraftForm, readDraft } from '../draft-form.ts';
import type { CampaignCheck, CheckItem } from '../queries/check-campaign.ts';
import type { ComposeOptions } from '../queries/compose-options.ts';

export function ChecklistPanel(props: ChecklistPanelProps) {
  const { check, isRefreshing } = props;
  const t = useTranslations('campaigns.checklist');
  const format = useFormatter();
  const openings = useOpenings(props);
  const text = useItemText(props);
  const excluded = Object.entries(check.exclusions.byReason);
  return (
    <Card title={t('title')} description={isRefreshing ? t('refreshing') : t('lead')}>
      <ul
        aria-busy={isRefreshing}
        className={clsx('flex flex-col gap-2.5 text-sm', isRefreshing && 'opacity-60')}
      >
        {check.items.map((item) => (
          <li key={`${item.code}-${item.params.group ?? ''}`} className="flex items-start gap-2.5">
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
      {openings.map((opening) => (
        <p key={opening} className="mt-3 flex items-start gap-2.5 text-sm text-warn-ink">
          <Icon name="clock" className="mt-[0.3em] shrink-0" />
          {opening}
        </p>
      ))}
      {excluded.length > 0 && (
        <div className="mt-4 border-t border-line pt-3">
          <h3 className="mb-1.5 text-[0.8125rem] font-medium text-ink-muted">{t('excluded')}</h3>
          <dl className="text-sm">
            {excluded.map(([reason, count]) => (
              <div key={reason} className="flex justify-between gap-4 py-0.5">
                <dt>
                  {CLEANED.has(reason) ? (
                    <TextLink href="/hygiene">{t(`exclusion.${reason as 'invalid'}`)}</TextLink>
                  ) : (
                    t(`exclusion.${reason as 'invalid'}`)
                  )}
                </dt>
                <dd className="tabular-nums">{format.number(count)}</dd>
              </div>
            ))}
          </dl>
        </div>
      )}
    </Card>
  );
}

/** Who was cleaned, and why, is told on the hygiene page. */
const CLEANED = new Set(['suppressed-unknown-user', 'suppressed-mailbox-full']);

/** When the first message can go out, where that is later than the start: once, or by group where they differ. */
function useOpenings({ check, groups, zone }: ChecklistPanelProps): string[] {
  const t = useTranslations('campaigns.checklist');
  const format = useFormatter();
  const groupName = useGroupName(groups);
  const { byGroup } = check.windows;
  const time = (at: number) => format.dateTime(at, { ...STYLES.short, timeZone: zone });
  const [first, ...others] = byGroup;
  if (!first) return [];
  if (others.every(({ opensAtMs }) => opensAtMs === first.opensAtMs))
    return first.opensAtMs === null ? [] : [t('opensAt', { time: time(first.opensAtMs) })];
  return byGroup.flatMap(({ key, opensAtMs }) =>
    opensAtMs === null ? [] : [t('opensAtGroup', { group: groupName(key), time: time(opensAtMs) })],
  );
}

function useItemText({ check, window, groups, zone }: ChecklistPanelProps) {
  const t = useTranslations('campaigns.checklist.item');
  const part = useTranslations('templates.editor');
  const format = useFormatter();
  const locale = useLocale();
  const windowText = useWindowText();
  const bindingText = useBindingText(groups);
  const groupName = useGroupName(groups);
  const { fault } = check.windows;
  return ({ code, params }: CheckItem): string => {
    const size = (key: string) => formatBytes(Number(params[key] ?? 0), locale);
    const values: Record<string, string | number> = {
      ...params,
      messageSize: size('messageBytes'),
      totalSize: size('totalBytes'),
      maxSize: size('maxBytes'),
      window: windowText(readDraft(window, 0).window),
      windows: bindingText.all(fault?.windows ?? []),
    };
    if (typeof params.group === 'string') values.group = groupName(params.group);
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
  groups: ComposeOptions['groups'];
  zone: string;
}
