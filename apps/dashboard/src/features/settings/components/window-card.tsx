'use client';
import { Card, Checkbox, ChoiceGroup } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { useFieldError } from '#shell/form.tsx';
import { FormSelect } from '#shell/form-fields.tsx';
import type { Settings } from '../queries/read-settings.ts';

/** The hours in which this tenant's mail may be sent: half hours to choose from, and 24:00 for midnight. */
export function WindowCard({ window }: { window: Settings['window'] }) {
  const t = useTranslations('settings');
  const error = useFieldError('window');
  return (
    <Card title={t('window')} description={t('windowText')}>
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
      </div>
    </Card>
  );
}

const DAYS = ['1', '2', '3', '4', '5', '6', '7'] as const;

/** Every half hour, and what is set now. */
function timesWith(present: string): string[] {
  const two = (value: number) => String(value).padStart(2, '0');
  const times = Array.from(
    { length: 49 },
    (_, i) => `${two(Math.floor(i / 2))}:${i % 2 ? '30' : '00'}`,
  );
  return times.includes(present) ? times : [...times, present].sort();
}
