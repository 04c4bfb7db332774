'use client';
/** Hours for single destination groups, besides the window: a switch and two times for each group. */
import { Checkbox, TextField } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { type GroupNames, useGroupName } from '#format/binding-text.ts';

export function GroupHours({ groups, hours, onChange, note, hint }: GroupHoursProps) {
  const t = useTranslations('shell.groupHours');
  const groupName = useGroupName(groups);
  const setOne = (key: string, one: Hours | null) => {
    const { [key]: _, ...others } = hours;
    onChange(one ? { ...others, [key]: one } : others);
  };
  return (
    <div className="flex flex-col gap-4 border-t border-line pt-5">
      <div>
        <h3 className="text-sm font-medium">{t('title')}</h3>
        <p className="mt-0.5 text-[0.8125rem] text-ink-muted">{hint ?? t('hint')}</p>
      </div>
      <ul className="flex flex-col divide-y divide-line">
        {groups.map(({ key }) => {
          const group = groupName(key);
          const own = hours[key];
          return (
            <li key={key} className="flex flex-col gap-2 py-3 first:pt-0 last:pb-0">
              <Checkbox
                label={t('own', { group })}
                checked={own !== undefined}
                onChange={(event) => setOne(key, event.target.checked ? OFFICE : null)}
              />
              {own && (
                <div className="grid max-w-sm grid-cols-2 gap-4 pl-7">
                  <TextField
                    field={{ label: t('start', { group }) }}
                    type="time"
                    value={own.start}
                    onChange={(event) => setOne(key, { ...own, start: event.target.value })}
                  />
                  <TextField
                    field={{ label: t('end', { group }) }}
                    type="time"
                    value={own.end === '24:00' ? '00:00' : own.end}
                    onChange={(event) => setOne(key, { ...own, end: event.target.value })}
                  />
                </div>
              )}
              {note && <p className="pl-7 text-[0.8125rem] text-ink-muted">{note(key)}</p>}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

type Hours = { start: string; end: string };
const OFFICE: Hours = { start: '09:00', end: '18:00' };

export interface GroupHoursProps {
  groups: readonly GroupNames[];
  hours: Readonly<Record<string, Hours>>;
  onChange: (hours: Record<string, Hours>) => void;
  hint?: ReactNode;
  /** What stands below a group. */
  note?: (key: string) => ReactNode;
}
