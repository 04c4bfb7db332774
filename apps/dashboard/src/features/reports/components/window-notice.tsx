'use client';
/** "Waiting for 09:00", and why: which window is shut, for which destinations, for how many people. */
import { Alert } from '@hikyaku/ui';
import { useFormatter, useTranslations } from 'next-intl';
import { useBindingText, useGroupName } from '#format/binding-text.ts';
import { STYLES } from '#format/time.tsx';
import type { Overview } from '../queries/overview.ts';

export function WindowNotice({ overview, zone }: { overview: Overview; zone: string }) {
  const t = useTranslations('campaigns.live');
  const format = useFormatter();
  const { groups, waits, isAllShut } = overview.windows;
  const groupName = useGroupName(groups);
  const bindingText = useBindingText(groups);
  const time = (at: number | null) =>
    at === null ? '—' : format.dateTime(at, { ...STYLES.short, timeZone: zone });
  const [first] = waits.toSorted((a, b) => (a.opensAtMs ?? 0) - (b.opensAtMs ?? 0));
  if (!first) return null;
  const isOne = waits.every(
    ({ opensAtMs, because }) =>
      opensAtMs === first.opensAtMs &&
      bindingText.full(because) === bindingText.full(first.because),
  );
  const title = isAllShut
    ? t('waitingForWindow', { time: time(first.opensAtMs) })
    : t('someWaitForWindow', { time: time(first.opensAtMs) });
  return (
    <Alert tone={isAllShut ? 'warn' : 'accent'} title={title}>
      {isAllShut && isOne ? (
        t('waitingForWindowBody', { window: bindingText.full(first.because) })
      ) : (
        <ul className="flex list-disc flex-col gap-0.5 pl-5">
          {waits.map(({ group, waiting, opensAtMs, because }) => (
            <li key={group}>
              {t('groupWaits', {
                group: groupName(group),
                count: waiting,
                time: time(opensAtMs),
                window: bindingText.full(because),
              })}
            </li>
          ))}
        </ul>
      )}
    </Alert>
  );
}
