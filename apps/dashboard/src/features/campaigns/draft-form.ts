/**
 * The compose form as it travels: strings as they stand in the fields, so that a half-filled draft can be saved.
 * What they mean is decided by `readDraft`; whether it may be sent, by the checklist.
 */
import { DELIVERY_MODES, parseLocalTime, type Window } from '@hikyaku/campaigns';
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
  if (form.startMode === 'now') return { window, start: { kind: 'now' } };
  const parsed = parseLocalTime(form.startLocal, form.zone, Number.NEGATIVE_INFINITY);
  if (!parsed.ok) return { window, start: { kind: 'invalid', code: parsed.code } };
  const { atMs, adjusted } = parsed;
  return { window, start: { kind: 'at', atMs, adjusted, isPast: atMs < nowMs } };
}

export interface DraftRead {
  window: Window;
  start:
    | { kind: 'now' }
    | { kind: 'at'; atMs: number; adjusted: 'gap' | 'overlap' | null; isPast: boolean }
    | { kind: 'invalid'; code: string };
}
