import type { ReconcileRow } from '@hikyaku/db/worker';
import { describe, expect, test } from 'vitest';
import { differencesOf } from './reconciliation.ts';

const accepted: ReconcileRow = {
  id: '7',
  email: 'a@b.example',
  state: 'accepted',
  attempts: 1,
  loggedAttempts: 1,
  lastDisposition: 'accepted',
  acceptedEvents: 1,
};
const kinds = (row: Partial<ReconcileRow>, copies?: number) =>
  differencesOf({ ...accepted, ...row }, copies).map((difference) => difference.kind);

describe('reconciliation', () => {
  test('rows, log and journal that agree differ in nothing', () => {
    expect(kinds({}, 1)).toEqual([]);
    expect(
      kinds(
        {
          state: 'waiting',
          attempts: 0,
          loggedAttempts: 0,
          lastDisposition: null,
          acceptedEvents: 0,
        },
        0,
      ),
    ).toEqual([]);
    expect(
      kinds(
        {
          state: 'cancelled',
          attempts: 0,
          loggedAttempts: 0,
          lastDisposition: null,
          acceptedEvents: 0,
        },
        0,
      ),
    ).toEqual([]);
  });

  test('an unknown delivery may be in the journal or not', () => {
    const row = { state: 'unknown', lastDisposition: 'unknown', acceptedEvents: 0 };
    expect(kinds(row, 0)).toEqual([]);
    expect(kinds(row, 1)).toEqual([]);
  });

  test('a lost acceptance, a second copy, and a copy nobody logged are each named', () => {
    expect(kinds({}, 0)).toEqual(['accepted-not-in-journal']);
    expect(kinds({}, 2)).toEqual(['twice-in-journal']);
    expect(kinds({ state: 'bounced', lastDisposition: 'bounced', acceptedEvents: 0 }, 1)).toEqual([
      'in-journal-but-not-accepted',
    ]);
  });

  test('a row that the log contradicts is named', () => {
    expect(kinds({ attempts: 2 })).toEqual(['attempts-differ']);
    expect(kinds({ lastDisposition: 'deferred', acceptedEvents: 0 })).toEqual(['state-differs']);
    expect(
      kinds({ attempts: 0, loggedAttempts: 0, lastDisposition: null, acceptedEvents: 0 }),
    ).toEqual(['state-differs']);
    expect(kinds({ acceptedEvents: 2 })).toEqual(['accepted-twice-in-log']);
  });
});
