/**
 * The compose form as it travels: strings as they stand in the fields, so that a half-filled draft can be saved.
 * What they mean is decided by `readDraft`; whether it may be sent, by the checklist.
 */
import { allDayWindow, DELIVERY_MODES, parseLocalTime, type Window } from '@hikyaku/campaigns';
import { z } from 'zod';

export const draftFormSchema = z.object({
  name: z.string().trim().max(200, 'FIELD_TOO_LONG'),
  listId: z.uuid().nullable(),
  templateId: z.uuid().nullable(),
  mode: z.enum(DELIVERY_MODES),
  fromName: z.string().trim().max(200, 'FIELD_TOO_LONG'),
  fromEmail: z.string().trim().max(320, 'FIELD_TOO_LONG'),
  startMode: z.enum(['now', 'at']),
  /** `YYYY-MM-DDTHH:MM` on a clock in `zone`. */
  startLocal: z.string().max(40),
  /** IANA name; of the start and of the window. */
  zone: z.string().max(64),
  isAllDay: z.boolean(),
  days: z.array(z.int().min(1).max(7)).max(7),
  windowStart: z.string().max(8),
  windowEnd: z.string().max(8),
  /** Group key → the hours that bind for its destinations alone, besides the window. */
  groupHours: z.record(
    z.string().max(31),
    z.object({ start: z.string().max(8), end: z.string().max(8) }),
  ),
  /** Nothing is sent from this local time on; '' for no such end. */
  expiresLocal: z.string().max(40),
});

export type DraftForm = z.infer<typeof draftFormSchema>;

/** `nowMs` decides what is past; a past start is kept, so that the checklist can say so. */
export function readDraft(form: DraftForm, nowMs: number): DraftRead {
  const window: Window = {
    days: [...new Set(form.days)].sort(),
    start: form.isAllDay ? '00:00' : form.windowStart,
    end: form.isAllDay ? '24:00' : form.windowEnd,
    zone: form.zone,
  };
  const groupWindows = Object.fromEntries(
    Object.entries(form.groupHours).map(([key, hours]) => [
      key,
      { ...allDayWindow(form.zone), ...hours },
    ]),
  );
  return { window, groupWindows, start: readStart(form, nowMs), expires: readExpiry(form) };
}

function readStart(form: DraftForm, nowMs: number): DraftRead['start'] {
  if (form.startMode === 'now') return { kind: 'now' };
  const parsed = parseLocalTime(form.startLocal, form.zone, Number.NEGATIVE_INFINITY);
  if (!parsed.ok) return { kind: 'invalid', code: parsed.code };
  const { atMs, adjusted } = parsed;
  return { kind: 'at', atMs, adjusted, isPast: atMs < nowMs };
}

function readExpiry(form: DraftForm): DraftRead['expires'] {
  if (form.expiresLocal === '') return { kind: 'none' };
  const parsed = parseLocalTime(form.expiresLocal, form.zone, Number.NEGATIVE_INFINITY);
  return parsed.ok ? { kind: 'at', atMs: parsed.atMs } : { kind: 'invalid', code: parsed.code };
}

export interface DraftRead {
  window: Window;
  groupWindows: Record<string, Window>;
  start:
    | { kind: 'now' }
    | { kind: 'at'; atMs: number; adjusted: 'gap' | 'overlap' | null; isPast: boolean }
    | { kind: 'invalid'; code: string };
  expires: { kind: 'none' } | { kind: 'at'; atMs: number } | { kind: 'invalid'; code: string };
}
