/** An instant in a zone that is named: the tenant's, never the browser's. Works on server and client. */
import { useFormatter } from 'next-intl';

/** `at` is epoch ms. `style`: `full` with the year, `short` without, `seconds` for the log. */
export function Time({ at, zone, style = 'full' }: TimeProps) {
  const format = useFormatter();
  return (
    <time dateTime={new Date(at).toISOString()} className="tabular-nums" title={zone}>
      {format.dateTime(at, { ...STYLES[style], timeZone: zone })}
    </time>
  );
}

const DAY = { month: 'short', day: 'numeric', weekday: 'short' } as const;
const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** Options for `format.dateTime`, where a time stands inside a sentence. */
export const STYLES = {
  full: { year: 'numeric', ...DAY, ...CLOCK },
  short: { ...DAY, ...CLOCK },
  clock: CLOCK,
  seconds: { month: 'short', day: 'numeric', ...CLOCK, second: '2-digit' },
} as const;

/** Staff look after tenants of many zones, in one. */
export const STAFF_ZONE = 'Asia/Tokyo';

export type TimeStyle = keyof typeof STYLES;
export type TimeProps = { at: number; zone: string; style?: TimeStyle };
