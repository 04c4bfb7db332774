import { expect, test } from 'vitest';
import { type DraftForm, readDraft } from './draft-form.ts';

const FORM: DraftForm = {
  name: 'n',
  listId: null,
  templateId: null,
  mode: 'one_to_one',
  fromName: '',
  fromEmail: '',
  startMode: 'at',
  startLocal: '2026-12-01T10:00',
  zone: 'Asia/Tokyo',
  isAllDay: false,
  days: [5, 1, 1],
  windowStart: '09:00',
  windowEnd: '21:00',
  groupHours: {},
  expiresLocal: '',
};
const NOW = Date.parse('2026-11-24T00:00:00Z');

test('a local time is read in its zone', () => {
  expect(readDraft(FORM, NOW).start).toEqual({
    kind: 'at',
    atMs: Date.parse('2026-12-01T01:00:00Z'),
    adjusted: null,
    isPast: false,
  });
});

test('a start in the past is kept and marked, so that the checklist can refuse it', () => {
  const { start } = readDraft({ ...FORM, startLocal: '2026-11-01T10:00' }, NOW);
  expect(start).toMatchObject({ kind: 'at', isPast: true });
});

test('what is no time or no zone is invalid', () => {
  expect(readDraft({ ...FORM, startLocal: '' }, NOW).start).toMatchObject({ kind: 'invalid' });
  expect(readDraft({ ...FORM, zone: 'Mars/Base' }, NOW).start).toMatchObject({ kind: 'invalid' });
});

test('all day overrides the hours, days are sorted and unique', () => {
  expect(readDraft({ ...FORM, isAllDay: true }, NOW).window).toEqual({
    days: [1, 5],
    start: '00:00',
    end: '24:00',
    zone: 'Asia/Tokyo',
  });
});

test('an end is read in the same zone; none, and nonsense, are told apart', () => {
  const expires = (expiresLocal: string) => readDraft({ ...FORM, expiresLocal }, NOW).expires;
  expect(expires('2026-12-02T10:00')).toEqual({
    kind: 'at',
    atMs: Date.parse('2026-12-02T01:00:00Z'),
  });
  expect(expires('')).toEqual({ kind: 'none' });
  expect(expires('tomorrow')).toMatchObject({ kind: 'invalid' });
});

test('hours of a group bind every day in the zone of the campaign', () => {
  const groupHours = { mobile: { start: '10:00', end: '18:00' } };
  expect(readDraft({ ...FORM, groupHours }, NOW).groupWindows).toEqual({
    mobile: { days: [1, 2, 3, 4, 5, 6, 7], start: '10:00', end: '18:00', zone: 'Asia/Tokyo' },
  });
});
