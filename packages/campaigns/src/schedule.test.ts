import { describe, expect, it } from 'vitest';
import { formatLocalTime, isKnownZone, parseLocalTime } from './schedule.ts';

const at = (text: string): number => Date.parse(text);

describe('parseLocalTime', () => {
  it('09:00 in Tokyo is midnight in UTC', () => {
    expect(parseLocalTime('2026-11-24T09:00', 'Asia/Tokyo', 0)).toEqual({
      ok: true,
      atMs: at('2026-11-24T00:00Z'),
      adjusted: null,
    });
  });

  it('a time in a DST gap moves forward', () => {
    expect(parseLocalTime('2026-03-08T02:30', 'America/New_York', 0)).toEqual({
      ok: true,
      atMs: at('2026-03-08T03:30-04:00'),
      adjusted: 'gap',
    });
  });

  it('a time that happens twice fires once, at the earlier', () => {
    expect(parseLocalTime('2026-11-01T01:30', 'America/New_York', 0)).toEqual({
      ok: true,
      atMs: at('2026-11-01T01:30-04:00'),
      adjusted: 'overlap',
    });
  });

  it('a time in the past is refused, the present minute is not', () => {
    const atMs = at('2026-11-24T00:00Z');
    expect(parseLocalTime('2026-11-24T09:00', 'Asia/Tokyo', atMs + 1)).toEqual({
      ok: false,
      code: 'in-the-past',
    });
    expect(parseLocalTime('2026-11-24T09:00', 'Asia/Tokyo', atMs).ok).toBe(true);
  });

  it.each(['Asia/Edo', '', '+09:00', 'Z9', '__proto__'])('zone "%s" is unknown', (zone) => {
    expect(parseLocalTime('2026-11-24T09:00', zone, 0)).toEqual({
      ok: false,
      code: 'zone-unknown',
    });
  });

  it.each([
    '',
    'tomorrow',
    '2026-02-30T09:00',
    '2026-11-24',
    '2026-11-24T24:00',
    '2026-11-24T09:00Z',
  ])('"%s" is a bad time', (local) => {
    expect(parseLocalTime(local, 'Asia/Tokyo', 0)).toEqual({ ok: false, code: 'bad-time' });
  });

  it('formatLocalTime gives back what was typed', () => {
    expect(formatLocalTime(at('2026-11-24T00:00Z'), 'Asia/Tokyo')).toBe('2026-11-24T09:00');
    expect(isKnownZone('Asia/Tokyo')).toBe(true);
  });
});
