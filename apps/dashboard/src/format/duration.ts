/** A length of time in two units at most, as a catalogue key and its values. */

/** `ms` below a second, seconds below a minute, then minutes and seconds, then hours and minutes. */
export function durationParts(ms: number): DurationParts {
  if (ms < 1000) return { key: 'ms', values: { value: Math.round(ms) } };
  const seconds = ms / 1000;
  if (seconds < 60) return { key: 's', values: { value: Math.round(seconds * 10) / 10 } };
  const whole = Math.round(seconds);
  if (whole < 3600)
    return { key: 'm', values: { minutes: Math.floor(whole / 60), seconds: whole % 60 } };
  const minutes = Math.round(seconds / 60);
  return { key: 'h', values: { hours: Math.floor(minutes / 60), minutes: minutes % 60 } };
}

export type DurationParts = { key: 'ms' | 's' | 'm' | 'h'; values: Record<string, number> };
