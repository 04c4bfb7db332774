/**
 * One window laid on the time line: its open stretches in a range of days.
 * A boundary is the first instant at which the local clock reads that time or later. So a time in a DST gap moves
 * forward to the gap's end, a time that happens twice counts once (the earlier), and no stretch is ever turned round.
 */
import { Temporal } from 'temporal-polyfill';
import { parseTimeOfDay, type Window } from './window.ts';

/** The open stretches of one valid window that touch [fromMs, toMs), in order, joined where they meet, not cut. */
export function stretchesOf(window: Window, fromMs: number, toMs: number): Stretch[] {
  const start = secondsOf(window.start);
  const end = secondsOf(window.end);
  const days = new Set(window.days);
  const stretches: Stretch[] = [];
  // A stretch may begin on the day before and run past midnight.
  let day = dateAt(fromMs, window.zone).subtract({ days: 2 });
  const lastDay = dateAt(toMs, window.zone);
  while (Temporal.PlainDate.compare(day, lastDay) <= 0) {
    if (days.has(day.dayOfWeek)) {
      const fromAt = boundaryMs(day, start, window.zone);
      const toAt = boundaryMs(end <= start ? day.add({ days: 1 }) : day, end, window.zone);
      if (fromAt < toAt && toAt > fromMs && fromAt < toMs) stretches.push([fromAt, toAt]);
    }
    day = day.add({ days: 1 });
  }
  return joinTouching(stretches);
}

/** The stretches in which both are open. Both lists are in order and do not overlap themselves. */
export function intersect(a: readonly Stretch[], b: readonly Stretch[]): Stretch[] {
  const out: Stretch[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const [aFrom, aTo] = a[i] as Stretch;
    const [bFrom, bTo] = b[j] as Stretch;
    const from = Math.max(aFrom, bFrom);
    const to = Math.min(aTo, bTo);
    if (from < to) out.push([from, to]);
    if (aTo <= bTo) i++;
    else j++;
  }
  return out;
}

function joinTouching(stretches: Stretch[]): Stretch[] {
  const out: Stretch[] = [];
  for (const [from, to] of stretches) {
    const last = out.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else out.push([from, to]);
  }
  return out;
}

function boundaryMs(day: Temporal.PlainDate, seconds: number, zone: string): number {
  const date = seconds === 86_400 ? day.add({ days: 1 }) : day;
  const plain = date.toPlainDateTime(timeOf(seconds % 86_400));
  const earlier = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (earlier.toPlainDateTime().equals(plain)) return earlier.epochMilliseconds;
  // In a gap, "earlier" reads the time with the offset after it and so lies before the jump: the next change is the jump.
  const jump = earlier.getTimeZoneTransition('next');
  return (jump ?? earlier).epochMilliseconds;
}

function timeOf(seconds: number): Temporal.PlainTime {
  return new Temporal.PlainTime(
    Math.floor(seconds / 3600),
    Math.floor((seconds % 3600) / 60),
    seconds % 60,
  );
}

function dateAt(atMs: number, zone: string): Temporal.PlainDate {
  // Temporal takes whole milliseconds; planned retries, and what Postgres says, come with fractions.
  const instant = Temporal.Instant.fromEpochMilliseconds(Math.floor(atMs));
  return instant.toZonedDateTimeISO(zone).toPlainDate();
}

function secondsOf(text: string): number {
  const seconds = parseTimeOfDay(text);
  if (seconds === null) throw new Error(`"${text}" is no time of day; validate the window first`);
  return seconds;
}

/** [from, to) in epoch ms. */
export type Stretch = [fromMs: number, toMs: number];
