import { describe, expect, it } from 'vitest';
import { allDayWindow, defaultWindow, isAllDay, validateWindow } from './window.ts';
import { createWindowClock } from './window-clock.ts';
import { mayFence, mayStart, scaleMargins, WINDOW_MARGINS } from './window-margins.ts';
import { validateWindows } from './windows-check.ts';

const base = defaultWindow('Asia/Tokyo');
const NOW_MS = Date.parse('2026-11-24T03:00Z');

describe('validateWindow', () => {
  it.each([
    ['no days', { days: [] }, 'window-no-days'],
    ['day 0', { days: [0] }, 'window-bad-day'],
    ['day 1.5', { days: [1.5] }, 'window-bad-day'],
    ['25:00', { start: '25:00' }, 'window-bad-time'],
    ['09:60', { end: '09:60' }, 'window-bad-time'],
    ['9:00', { start: '9:00' }, 'window-bad-time'],
    ['a start at 24:00', { start: '24:00' }, 'window-bad-time'],
    ['start = end', { start: '09:00', end: '09:00' }, 'window-empty'],
    ['a zone that does not exist', { zone: 'Asia/Edo' }, 'zone-unknown'],
    ['an offset as zone', { zone: '+09:00' }, 'zone-unknown'],
  ])('refuses %s', (_, change, code) => {
    expect(validateWindow({ ...base, ...change })).toEqual({ ok: false, code });
  });

  it('accepts the default, all day, and one past midnight', () => {
    expect(validateWindow(base)).toEqual({ ok: true });
    expect(validateWindow(allDayWindow('UTC'))).toEqual({ ok: true });
    expect(validateWindow({ ...base, start: '22:00', end: '02:00' })).toEqual({ ok: true });
    expect(isAllDay(allDayWindow('UTC'))).toBe(true);
    expect(isAllDay(base)).toBe(false);
  });
});

describe('validateWindows', () => {
  it('names the window at fault', () => {
    expect(validateWindows([base, { ...base, days: [] }], NOW_MS)).toEqual({
      ok: false,
      code: 'window-no-days',
      index: 1,
    });
  });

  it('refuses an intersection that never opens', () => {
    const night = { ...base, start: '22:00', end: '08:00' };
    expect(validateWindows([base, night], NOW_MS)).toEqual({
      ok: false,
      code: 'windows-never-open',
      index: null,
    });
    expect(validateWindows([base, { ...base, days: [6, 7] }], NOW_MS)).toEqual({ ok: true });
  });
});

describe('margins before closing', () => {
  const clock = createWindowClock([base]);
  const closesAtMs = Date.parse('2026-11-24T12:00Z');

  it('no MAIL in the last 60 s, no fence in the last 5 s', () => {
    expect(mayStart(clock, closesAtMs - 60_001)).toBe(true);
    expect(mayStart(clock, closesAtMs - 60_000)).toBe(false);
    expect(mayFence(clock, closesAtMs - 60_000)).toBe(true);
    expect(mayFence(clock, closesAtMs - 5_000)).toBe(false);
  });

  it('nothing while it is closed', () => {
    expect(mayStart(clock, closesAtMs)).toBe(false);
    expect(mayFence(clock, closesAtMs + 1)).toBe(false);
  });

  it('scale with the settings', () => {
    const margins = scaleMargins(WINDOW_MARGINS, 0.01);
    expect(margins).toEqual({ mailMs: 600, fenceMs: 50, openMs: 10 });
    expect(mayStart(clock, closesAtMs - 601, margins)).toBe(true);
  });
});
