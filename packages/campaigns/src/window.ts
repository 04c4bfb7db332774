/**
 * A delivery window: the local hours in which mail may be sent. Several bind at once; their intersection counts.
 * A window belongs to the day on which it begins; `end` at or before `start` means that it runs past midnight.
 */
import { isKnownZone } from './schedule.ts';

/**
 * Checks one window as it comes from a form. Codes: `window-no-days`, `window-bad-day`, `window-bad-time`,
 * `window-empty` (start = end: write 00:00–24:00 for the whole day), `zone-unknown`.
 */
export function validateWindow(window: Window): WindowCheck {
  if (window.days.length === 0) return { ok: false, code: 'window-no-days' };
  if (window.days.some((day) => !Number.isInteger(day) || day < 1 || day > 7))
    return { ok: false, code: 'window-bad-day' };
  const start = parseTimeOfDay(window.start);
  const end = parseTimeOfDay(window.end);
  if (start === null || end === null || start === DAY_SECONDS)
    return { ok: false, code: 'window-bad-time' };
  if (start === end) return { ok: false, code: 'window-empty' };
  if (!isKnownZone(window.zone)) return { ok: false, code: 'zone-unknown' };
  return { ok: true };
}

/** True for a window that never closes. */
export function isAllDay(window: Window): boolean {
  return (
    parseTimeOfDay(window.start) === 0 &&
    parseTimeOfDay(window.end) === DAY_SECONDS &&
    new Set(window.days).size === 7
  );
}

/** `HH:MM` or `HH:MM:SS`, up to `24:00`, as seconds since midnight; null when it is no time of day. */
export function parseTimeOfDay(text: string): number | null {
  const match = /^(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (match === null) return null;
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  const total = hours * 3600 + minutes * 60 + seconds;
  return minutes < 60 && seconds < 60 && total <= DAY_SECONDS ? total : null;
}

const DAY_SECONDS = 86_400;
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

/** The window a new tenant gets: 09:00–21:00 every day in its zone. */
export function defaultWindow(zone: string): Window {
  return { days: [...EVERY_DAY], start: '09:00', end: '21:00', zone };
}

/** The window that is always open; demo and tests use it, so that they do the same at any hour. */
export function allDayWindow(zone: string): Window {
  return { days: [...EVERY_DAY], start: '00:00', end: '24:00', zone };
}

/** `days`: 1 = Monday … 7 = Sunday. `start`, `end`: `HH:MM` (or `HH:MM:SS`); `end` may be `24:00`. `zone`: IANA name. */
export type Window = { days: number[]; start: string; end: string; zone: string };
export type WindowCode =
  | 'window-no-days'
  | 'window-bad-day'
  | 'window-bad-time'
  | 'window-empty'
  | 'zone-unknown';
export type WindowCheck = { ok: true } | { ok: false; code: WindowCode };
