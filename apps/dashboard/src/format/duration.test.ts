import { expect, test } from 'vitest';
import { durationParts } from './duration.ts';

test('a duration keeps the two units that matter', () => {
  expect(durationParts(412)).toEqual({ key: 'ms', values: { value: 412 } });
  expect(durationParts(1_540)).toEqual({ key: 's', values: { value: 1.5 } });
  expect(durationParts(61_000)).toEqual({ key: 'm', values: { minutes: 1, seconds: 1 } });
  expect(durationParts(7_260_000)).toEqual({ key: 'h', values: { hours: 2, minutes: 1 } });
});

test('59.6 minutes do not become 60 seconds of a 59th minute', () => {
  expect(durationParts(3_599_700)).toEqual({ key: 'h', values: { hours: 1, minutes: 0 } });
});
