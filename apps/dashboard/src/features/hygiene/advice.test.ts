import { describe, expect, test } from 'vitest';
import { adviceOf } from './advice.ts';

const tenant = { isCleaningOn: true, isCleaningEnforced: false, weight: 1, rateMax: null, held: 0 };
const day = (accepted: number, hardBounced: number, blocked = 0) => ({
  accepted,
  hardBounced,
  blocked,
});

describe('adviceOf', () => {
  test('nothing to say where all is well, or too little is known', () => {
    expect(adviceOf({ ...tenant, days: [day(1_000, 10)] })).toEqual(['fine']);
    expect(adviceOf({ ...tenant, days: [day(5, 5)] })).toEqual(['fine']);
  });
  test('dead addresses are told at 2 and at 5 in a hundred, over all days together', () => {
    expect(adviceOf({ ...tenant, days: [day(500, 5), day(470, 25)] })).toEqual(['some-dead']);
    expect(adviceOf({ ...tenant, days: [day(900, 100)] })).toEqual(['many-dead']);
  });
  test('cleaning that is off is told only to whom it would help', () => {
    const off = { ...tenant, isCleaningOn: false };
    expect(adviceOf({ ...off, days: [day(100, 0)] })).toEqual(['fine']);
    expect(adviceOf({ ...off, days: [day(1_000, 1)] })).toEqual(['cleaning-off']);
    expect(adviceOf({ ...off, isCleaningEnforced: true, days: [day(1_000, 1)] })).toEqual(['fine']);
  });
  test('what is held up comes first', () => {
    const days = [day(900, 0, 100)];
    expect(adviceOf({ ...tenant, held: 3, rateMax: 1, days })).toEqual([
      'held',
      'blocked',
      'throttled',
    ]);
  });
});
