'use client';
import type { Window } from '@hikyaku/campaigns';
import { Card, Checkbox, ChoiceGroup } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useFieldError } from './form.tsx';
import { FormSelect } from './form-fields.tsx';

/** The hours in which mail may be sent: half hours to choose from, and 24:00 for midnight. `children` stand below them. */
export function WindowCard({ window, description, children }: WindowCardProps) {
  const t = useTranslations('settings');
  const error = useFieldError('window');
  return (
    <Card title={t('window')} description={description}>
      <div className="flex flex-col gap-4">
        <ChoiceGroup legend={t('days')} isInline error={error}>
          {DAYS.map((day) => (
            <Checkbox
              key={day}
              name="days[]"
              value={day}
              label={t(`dayNames.${day}`)}
              defaultChecked={window.days.includes(Number(day))}
            />
          ))}
        </ChoiceGroup>
        <div className="grid max-w-xs grid-cols-2 gap-4">
          <FormSelect name="start" field={{ label: t('start') }} defaultValue={window.start}>
            {timesWith(window.start).map((time) => (
              <option key={time}>{time}</option>
            ))}
          </FormSelect>
          <FormSelect name="end" field={{ label: t('end') }} defaultValue={window.end}>
            {timesWith(window.end).map((time) => (
              <option key={time}>{time}</option>
            ))}
          </FormSelect>
        </div>
        {children}
      </div>
    </Card>
  );
}

const DAYS = ['1', '2', '3', '4', '5', '6', '7'] as const;

export interface WindowCardProps {
  window: Window;
  description: ReactNode;
  children?: ReactNode;
}

/** Every half hour, and what is set now. */
function timesWith(present: string): string[] {
  const two = (value: number) => String(value).padStart(2, '0');
  const times = Array.from(
    { length: 49 },
    (_, i) => `${two(Math.floor(i / 2))}:${i % 2 ? '30' : '00'}`,
  );
  return times.includes(present) ? times : [...times, present].sort();
}
