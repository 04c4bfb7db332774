import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { allDayWindow, defaultWindow, type Window } from './window.ts';
import { addOpenTime, createWindowClock, openTimeBetween, windowStateAt } from './window-clock.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const utc = (text: string): number => Date.parse(`${text}Z`);
const daily = (start: string, end: string, zone = 'UTC', days = EVERY_DAY): Window => ({
  days,
  start,
  end,
  zone,
});

describe('the clock against an oracle that walks the local clock minute by minute', () => {
  // Lord Howe shifts by half an hour; Havana and Beirut change at midnight; Santiago in the other half of the year.
  const zones = [
    'America/New_York',
    'Europe/London',
    'Australia/Lord_Howe',
    'America/Havana',
    'Asia/Beirut',
    'America/Santiago',
    'Asia/Tokyo',
  ];
  const changes = new Map(zones.map((zone) => [zone, changesOf(zone)]));

  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 1, 15, 29, 30, 31, 45, 59))
    .map(([hour, minute]) => `${pad(hour)}:${pad(minute)}`);
  const window = fc
    .record({
      zone: fc.constantFrom(...zones),
      days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      start: time,
      end: fc.oneof(time, fc.constant('24:00')),
    })
    .filter(({ start, end }) => start !== end);

  it('gives the same state at every minute around a change of clocks', () => {
    fc.assert(
      fc.property(
        fc.array(window, { minLength: 1, maxLength: 3 }),
        fc.nat({ max: 50 }),
        fc.integer({ min: -20, max: 20 }),
        (windows, pick, offsetHours) => {
          const zone = windows[0]?.zone ?? 'UTC';
          const zoneChanges = changes.get(zone) ?? [];
          const around =
            zoneChanges[pick % Math.max(1, zoneChanges.length)] ?? utc('2026-03-01T00:00');
          const fromMs = around + offsetHours * HOUR_MS - DAY_MS;
          const minutes = 2 * 24 * 60;
          const expected = windows
            .map((w) => oracle(w, fromMs, minutes))
            .reduce((a, b) => a.map((open, i) => open && (b[i] as boolean)));
          const clock = createWindowClock(windows);
          const actual = expected.map((_, i) => clock.isOpenAt(fromMs + i * MINUTE_MS));
          expect(actual).toEqual(expected);

          const openMinutes = expected.filter(Boolean).length;
          expect(clock.openTimeBetween(fromMs, fromMs + minutes * MINUTE_MS)).toBe(
            openMinutes * MINUTE_MS,
          );
        },
      ),
      { numRuns: 25 },
    );
  }, 60_000);

  it('answers alike whatever was asked before', () => {
    fc.assert(
      fc.property(
        window,
        fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 2 }),
        (w, days) => {
          const kept = createWindowClock([w]);
          for (const day of days) {
            const atMs = utc('2026-01-01T00:00') + day * DAY_MS + day * 7 * MINUTE_MS;
            expect(kept.stateAt(atMs)).toEqual(windowStateAt([w], atMs));
          }
        },
      ),
      { numRuns: 30 },
    );
  }, 60_000);

  it('adds open time so that just that much lies between', () => {
    fc.assert(
      fc.property(
        fc.array(window, { minLength: 1, maxLength: 2 }),
        fc.nat({ max: 400 }),
        fc.integer({ min: 1, max: 40 * 60 }),
        (windows, day, minutes) => {
          const clock = createWindowClock(windows);
          const fromMs = utc('2026-01-01T00:00') + day * DAY_MS;
          const atMs = clock.addOpenTime(fromMs, minutes * MINUTE_MS);
          if (atMs === Number.POSITIVE_INFINITY) return;
          expect(clock.openTimeBetween(fromMs, atMs)).toBe(minutes * MINUTE_MS);
          expect(clock.openTimeBetween(fromMs, atMs - 1)).toBeLessThan(minutes * MINUTE_MS);
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);

  /** The highest local time reached so far decides: a gap jumps over times, an overlap does not bring them back. */
  function oracle(w: Window, fromMs: number, minutes: number): boolean[] {
    const out: boolean[] = [];
    const warmUp = 26 * 60;
    let reached: Temporal.PlainDateTime | null = null;
    for (let i = -warmUp; i < minutes; i++) {
      const local = Temporal.Instant.fromEpochMilliseconds(fromMs + i * MINUTE_MS)
        .toZonedDateTimeISO(w.zone)
        .toPlainDateTime();
      if (reached === null || Temporal.PlainDateTime.compare(local, reached) > 0) reached = local;
      if (i >= 0) out.push(isInside(w, reached));
    }
    return out;
  }

  function isInside(w: Window, local: Temporal.PlainDateTime): boolean {
    const minute = local.hour * 60 + local.minute;
    const start = minutesOf(w.start);
    const end = minutesOf(w.end);
    const today = w.days.includes(local.dayOfWeek);
    if (start < end) return today && minute >= start && minute < end;
    const yesterday = w.days.includes(local.subtract({ days: 1 }).dayOfWeek);
    return (today && minute >= start) || (yesterday && minute < end);
  }
});

describe('windowStateAt', () => {
  const nineToNine = defaultWindow('Asia/Tokyo');

  it('says until when it is open, and when it opens', () => {
    expect(windowStateAt([nineToNine], utc('2026-11-24T03:00'))).toEqual({
      open: true,
      closesAtMs: utc('2026-11-24T12:00'),
    });
    expect(windowStateAt([nineToNine], utc('2026-11-24T12:00'))).toEqual({
      open: false,
      opensAtMs: utc('2026-11-25T00:00'),
    });
  });

  it('no window, and an all-day window, never close', () => {
    const always = { open: true, closesAtMs: Number.POSITIVE_INFINITY };
    expect(windowStateAt([], 0)).toEqual(always);
    expect(windowStateAt([allDayWindow('Asia/Tokyo')], 0)).toEqual(always);
  });

  it('one day after the other is one stretch', () => {
    const weekdays = daily('00:00', '24:00', 'UTC', [1, 2, 3, 4, 5]);
    expect(windowStateAt([weekdays], utc('2026-11-24T12:00'))).toEqual({
      open: true,
      closesAtMs: utc('2026-11-28T00:00'),
    });
  });

  it('stretches of several days keep their ends for months', () => {
    const workdays = [1, 2, 3, 4, 5];
    const clock = createWindowClock([daily('00:00', '24:00', 'UTC', workdays)]);
    const isOpenOn = (dayMs: number): boolean => workdays.includes(new Date(dayMs).getUTCDay());
    const firstDayMs = utc('2026-01-01T00:00');
    for (let dayMs = firstDayMs; dayMs < firstDayMs + 200 * DAY_MS; dayMs += DAY_MS) {
      const open = isOpenOn(dayMs);
      let changeMs = dayMs;
      while (isOpenOn(changeMs) === open) changeMs += DAY_MS;
      const expected = open ? { open, closesAtMs: changeMs } : { open, opensAtMs: changeMs };
      expect(clock.stateAt(dayMs + 5 * HOUR_MS)).toEqual(expected);
    }
  });

  it('a window past midnight belongs to the day on which it begins', () => {
    const fridayNight = daily('22:00', '02:00', 'UTC', [5]);
    expect(windowStateAt([fridayNight], utc('2026-11-28T01:00')).open).toBe(true);
    expect(windowStateAt([fridayNight], utc('2026-11-27T01:00')).open).toBe(false);
  });

  it('two zones that meet in winter only open in winter', () => {
    const windows = [
      daily('09:00', '10:00', 'Asia/Tokyo'),
      daily('00:00', '00:30', 'Europe/London'),
    ];
    expect(windowStateAt(windows, utc('2026-06-01T00:00'))).toEqual({
      open: false,
      opensAtMs: utc('2026-10-26T00:00'),
    });
  });

  it('an opening in the gap of spring moves forward to its end', () => {
    const night = daily('02:30', '05:00', 'America/New_York');
    expect(windowStateAt([night], utc('2026-03-08T06:00'))).toEqual({
      open: false,
      opensAtMs: Date.parse('2026-03-08T03:00:00-04:00'),
    });
  });

  it('an hour that comes twice in autumn opens and closes once', () => {
    const night = daily('01:30', '01:45', 'America/New_York');
    const first = Date.parse('2026-11-01T01:30:00-04:00');
    expect(windowStateAt([night], first - HOUR_MS)).toEqual({ open: false, opensAtMs: first });
    const closesAtMs = first + 15 * MINUTE_MS;
    expect(windowStateAt([night], first)).toEqual({ open: true, closesAtMs });
    expect(windowStateAt([night], closesAtMs)).toEqual({
      open: false,
      opensAtMs: Date.parse('2026-11-02T01:30:00-05:00'),
    });
  });

  it('windows that never meet never open', () => {
    const windows = [daily('09:00', '10:00'), daily('11:00', '12:00')];
    expect(windowStateAt(windows, 0)).toEqual({ open: false, opensAtMs: Number.POSITIVE_INFINITY });
    expect(addOpenTime(windows, 0, 1)).toBe(Number.POSITIVE_INFINITY);
    expect(openTimeBetween(windows, 0, 365 * DAY_MS)).toBe(0);
  });

  it('an instant between two milliseconds lies in its day', () => {
    const atMs = utc('2026-11-24T00:00') + 0.25;
    const clock = createWindowClock([
      { days: [1, 2, 3, 4, 5, 6, 7], start: '08:00', end: '10:00', zone: 'Asia/Tokyo' },
    ]);
    expect(clock.stateAt(atMs)).toEqual({ open: true, closesAtMs: utc('2026-11-24T01:00') });
  });

  it('a window that was not validated is a programmer’s error', () => {
    expect(() => createWindowClock([daily('09:00', '09:00')])).toThrow(/window-empty/);
  });

  it('answers a million times a second', () => {
    const clock = createWindowClock([nineToNine, daily('08:00', '20:00', 'Asia/Tokyo')]);
    const fromMs = utc('2026-11-24T00:00');
    clock.stateAt(fromMs);
    const startedMs = Date.now();
    let open = 0;
    for (let i = 0; i < 1_000_000; i++) if (clock.stateAt(fromMs + i * 100).open) open++;
    // The machine is shared: a tenth of the speed that is usual here still passes.
    expect(Date.now() - startedMs).toBeLessThan(1000);
    expect(open).toBeGreaterThan(0);
  });
});

/** The instants of 2025–2027 at which the zone's offset changes. */
function changesOf(zone: string): number[] {
  const out: number[] = [];
  let at = Temporal.Instant.from('2025-01-01T00:00Z').toZonedDateTimeISO(zone);
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (next === null || next.year > 2027) return out;
    out.push(next.epochMilliseconds);
    at = next;
  }
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
