import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bindingWindows,
  findWindowFault,
  type LevelWindows,
  type WindowLevels,
  waitOf,
  windowsByGroup,
} from './binding-windows.ts';
import { allDayWindow, type Window } from './window.ts';
import { createWindowClock } from './window-clock.ts';
import { mayStart } from './window-margins.ts';
import { validateWindows } from './windows-check.ts';

const NOW_MS = Date.parse('2026-11-24T03:00Z');
const MINUTE_MS = 60_000;
const KEYS = ['mobile', 'free', 'other'];
const daily = (start: string, end: string, zone = 'Asia/Tokyo'): Window => ({
  ...allDayWindow(zone),
  start,
  end,
});
const open: LevelWindows = { window: allDayWindow('Asia/Tokyo'), groupWindows: {} };
const levelsOf = (given: Partial<Record<keyof WindowLevels, LevelWindows>>): WindowLevels => ({
  installation: open,
  tenant: open,
  campaign: open,
  ...given,
});

describe('the windows that bind a destination group', () => {
  const levels = levelsOf({
    installation: {
      window: allDayWindow('Asia/Tokyo'),
      groupWindows: { mobile: daily('08:00', '22:00') },
    },
    tenant: { window: daily('09:00', '21:00'), groupWindows: { mobile: daily('10:00', '20:00') } },
    campaign: { window: daily('09:30', '24:00'), groupWindows: { free: daily('12:00', '13:00') } },
  });

  it('are those of all three levels and of the group, the widest level first', () => {
    expect(bindingWindows(levels, 'mobile').map(({ level, group }) => [level, group])).toEqual([
      ['installation', null],
      ['installation', 'mobile'],
      ['tenant', null],
      ['tenant', 'mobile'],
      ['campaign', null],
    ]);
    expect(windowsByGroup(levels, KEYS).other).toHaveLength(3);
    expect(windowsByGroup(levels, KEYS).free).toContainEqual(daily('12:00', '13:00'));
  });

  it('say which of them is waited for, and until when', () => {
    const atMs = Date.parse('2026-11-24T09:15:00+09:00');
    expect(waitOf(levels, 'mobile', atMs)).toMatchObject({
      opensAtMs: Date.parse('2026-11-24T10:00:00+09:00'),
      because: { level: 'tenant', group: 'mobile' },
    });
    expect(waitOf(levels, 'other', atMs)).toMatchObject({
      opensAtMs: Date.parse('2026-11-24T09:30:00+09:00'),
      because: { level: 'campaign', group: null },
    });
    expect(waitOf(levels, 'other', atMs + 60 * MINUTE_MS)).toBeNull();
  });

  it('a window of a group that is gone binds nothing', () => {
    const gone = levelsOf({
      tenant: { window: daily('09:00', '21:00'), groupWindows: { old: daily('22:00', '23:00') } },
    });
    expect(findWindowFault(gone, KEYS, NOW_MS)).toBeNull();
  });
});

describe('windows that exclude each other', () => {
  const excluding = (first: Window, second: Window) =>
    findWindowFault(
      levelsOf({
        installation: { window: allDayWindow('UTC'), groupWindows: { mobile: first } },
        campaign: { window: second, groupWindows: {} },
      }),
      KEYS,
      NOW_MS,
    );

  it('are both named, with the group that could not be sent to', () => {
    expect(excluding(daily('09:00', '12:00'), daily('13:00', '21:00'))).toEqual({
      code: 'windows-never-open',
      group: 'mobile',
      windows: [
        { level: 'installation', group: 'mobile', window: daily('09:00', '12:00') },
        { level: 'campaign', group: null, window: daily('13:00', '21:00') },
      ],
    });
  });

  it('a minute together is too short for the margins, a second more is enough', () => {
    const fault = excluding(daily('09:00', '12:00'), daily('11:59', '21:00'));
    expect(fault?.code).toBe('windows-too-short');
    expect(excluding(daily('09:00', '12:00:01'), daily('11:59', '21:00'))).toBeNull();
  });

  it('a single window of a minute is named alone', () => {
    const fault = findWindowFault(
      levelsOf({ tenant: { window: daily('09:00', '09:01'), groupWindows: {} } }),
      KEYS,
      NOW_MS,
    );
    expect(fault).toMatchObject({ code: 'windows-too-short', windows: [{ level: 'tenant' }] });
  });

  it('a zone that does not exist names its window', () => {
    const fault = excluding(daily('09:00', '12:00', 'Asia/Edo'), daily('09:00', '21:00'));
    expect(fault).toMatchObject({ code: 'zone-unknown', windows: [{ level: 'installation' }] });
  });

  it('three that meet in pairs only are all named', () => {
    const levels = levelsOf({
      installation: { window: daily('00:00', '16:00'), groupWindows: {} },
      tenant: { window: daily('12:00', '02:00'), groupWindows: {} },
      campaign: { window: daily('20:00', '10:00'), groupWindows: {} },
    });
    // 00:00–02:00 is left by the second and third, and by all of them.
    expect(findWindowFault(levels, KEYS, NOW_MS)).toBeNull();
    const third = { window: { ...daily('17:00', '11:00') }, groupWindows: {} };
    const all = levelsOf({
      installation: { window: daily('00:00', '16:00'), groupWindows: {} },
      tenant: { window: daily('12:00', '24:00'), groupWindows: {} },
      campaign: third,
    });
    expect(findWindowFault(all, KEYS, NOW_MS)?.windows).toHaveLength(3);
  });

  it('never where a walk minute by minute finds a moment to begin, always where it finds none', () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 1, 2, 30, 59))
      .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
    const window = fc
      .record({
        zone: fc.constantFrom('Asia/Tokyo', 'UTC', 'Asia/Kolkata'),
        days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        start: time,
        end: time,
      })
      .filter(({ start, end }) => start !== end);
    fc.assert(
      fc.property(fc.array(window, { minLength: 1, maxLength: 3 }), (windows) => {
        const clock = createWindowClock(windows);
        let hasMoment = false;
        // These zones have no change of clocks: one week says all.
        for (let minute = 0; minute < 7 * 24 * 60 && !hasMoment; minute++)
          hasMoment = mayStart(clock, NOW_MS + minute * MINUTE_MS);
        expect(validateWindows(windows, NOW_MS).ok).toBe(hasMoment);
      }),
      { numRuns: 60 },
    );
  });
});
