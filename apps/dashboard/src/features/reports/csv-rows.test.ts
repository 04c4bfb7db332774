import type { EventCsvRow } from '@hikyaku/db';
import { expect, test } from 'vitest';
import { type CsvWords, csvText, lastAttempts } from './csv-rows.ts';

const WORDS: CsvWords = {
  heading: (column) => column,
  state: (state) => `s:${state}`,
  disposition: (disposition) => `d:${disposition}`,
  mode: (mode) => `m:${mode}`,
  category: (category) => `c:${category}`,
  time: (at) => at.toISOString(),
};

const row = (given: Partial<EventCsvRow>): EventCsvRow => ({
  deliveryId: '1',
  email: 'a@x.example',
  domain: 'x.example',
  state: 'accepted',
  stateAt: new Date(0),
  stateCategory: null,
  attempt: 1,
  at: new Date(0),
  disposition: 'accepted',
  category: 'accepted',
  phase: 'DOT',
  code: 250,
  enhanced: '2.0.0',
  text: 'Ok',
  source: 's',
  mxHost: 'mx',
  mxAddress: '192.0.2.1',
  session: 'S1',
  transaction: 1,
  mode: 'one_to_one',
  envelopeMs: 1,
  dotMs: 2,
  sizeBytes: 3,
  tls: null,
  ...given,
});

async function* from(rows: EventCsvRow[]) {
  yield* rows;
}
async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

test('the file of deliveries holds one row per recipient, with the last attempt', async () => {
  const rows = [
    row({ attempt: 1, disposition: 'deferred' }),
    row({ attempt: 2 }),
    row({ deliveryId: '2', attempt: null, at: null }),
  ];
  const kept = await collect(lastAttempts(from(rows)));
  expect(kept.map(({ deliveryId, attempt }) => [deliveryId, attempt])).toEqual([
    ['1', 2],
    ['2', null],
  ]);
});

test('the file begins with a byte order mark and guards a reply that looks like a formula', async () => {
  const [text = ''] = await collect(
    csvText(from([row({ text: '=HYPERLINK("http://x")' })]), WORDS),
  );
  expect(text.startsWith('\uFEFFaddress,destination,')).toBe(true);
  expect(text).toContain(`"'=HYPERLINK(""http://x"")"`);
});

test('a recipient without an attempt still has a row', async () => {
  const waiting = row({
    state: 'waiting',
    attempt: null,
    at: null,
    disposition: null,
    category: null,
  });
  const [text = ''] = await collect(csvText(from([waiting]), WORDS));
  expect(text.split('\r\n')[1]).toContain('a@x.example,x.example,s:waiting,waiting');
});

test('each attempt says in which mode it was made', async () => {
  const [text = ''] = await collect(csvText(from([row({}), row({ mode: 'bulk' })]), WORDS));
  const [heading = '', ...lines] = text.trim().split('\r\n');
  const at = heading.split(',').indexOf('mode');
  expect(lines.map((line) => line.split(',')[at])).toEqual(['m:one_to_one', 'm:bulk']);
});
