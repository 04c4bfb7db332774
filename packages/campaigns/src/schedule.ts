/**
 * A local date and time in an IANA zone → the instant at which it happens, once.
 * DST: a time in a gap moves forward by the gap, a time that happens twice means the earlier one
 * (RFC 9557 / ECMA-262 Temporal, disambiguation "compatible").
 */
import { Temporal } from 'temporal-polyfill';

/**
 * Parses `YYYY-MM-DDTHH:MM[:SS]` as read on a clock in `zone`.
 *
 * `atMs` is epoch ms. `adjusted` says that the local time does not exist (`gap`) or exists twice (`overlap`), so that
 * the screen can show what was understood. Codes: `bad-time` (not a date and time), `zone-unknown`, `in-the-past`
 * (before `nowMs`).
 */
export function parseLocalTime(local: string, zone: string, nowMs: number): LocalTimeResult {
  if (!isKnownZone(zone)) return { ok: false, code: 'zone-unknown' };
  const plain = plainTime(local);
  if (plain === null) return { ok: false, code: 'bad-time' };
  const at = plain.toZonedDateTime(zone, { disambiguation: 'compatible' });
  const atMs = at.epochMilliseconds;
  if (atMs < nowMs) return { ok: false, code: 'in-the-past' };
  return { ok: true, atMs, adjusted: adjustment(plain, at, zone) };
}

/** The local time of an instant, as `YYYY-MM-DDTHH:MM`, for an input field. Throws on an unknown zone. */
export function formatLocalTime(atMs: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(atMs)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });
}

/** True for IANA names only: an offset like `+09:00` has no DST rules and would be wrong for half a year. */
export function isKnownZone(zone: string): boolean {
  const cached = ZONES.get(zone);
  if (cached !== undefined) return cached;
  const isKnown = /^[A-Za-z]/.test(zone) && zoneParses(zone);
  // Bounded, because the name may come from outside.
  if (ZONES.size < 1000) ZONES.set(zone, isKnown);
  return isKnown;
}

function zoneParses(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

function plainTime(local: string): Temporal.PlainDateTime | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(local)) return null;
  try {
    return Temporal.PlainDateTime.from(local, { overflow: 'reject' });
  } catch {
    return null;
  }
}

function adjustment(
  plain: Temporal.PlainDateTime,
  at: Temporal.ZonedDateTime,
  zone: string,
): 'gap' | 'overlap' | null {
  if (!at.toPlainDateTime().equals(plain)) return 'gap';
  const later = plain.toZonedDateTime(zone, { disambiguation: 'later' });
  return later.epochMilliseconds === at.epochMilliseconds ? null : 'overlap';
}

const ZONES = new Map<string, boolean>();

export type LocalTimeResult =
  | { ok: true; atMs: number; adjusted: 'gap' | 'overlap' | null }
  | { ok: false; code: 'bad-time' | 'zone-unknown' | 'in-the-past' };
