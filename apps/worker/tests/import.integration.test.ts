/** Uploads as people's programs write them, imported by a real worker; and one that is killed on its way again and again. */
import {
  appendImportChunk,
  cancelImport,
  closeDb,
  createImport,
  type Db,
  deleteList,
  finishUpload,
  type ImportProgress,
  importProgress,
  openDb,
  setImportMapping,
  suppress,
  withTenant,
} from '@hikyaku/db';
import { createTestDatabase, type TestDatabase } from '@hikyaku/testkit/postgres';
import { openScenario, type Scenario } from '@hikyaku/testkit/scenario';
import { startWorkerProcess, type WorkerProcess } from '@hikyaku/testkit/worker-process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toShiftJis } from './shift-jis.ts';

const WAIT_MS = 120_000;
/** Small, so that a short file has several batches. */
const IMPORT_BATCH = 7;

let database: TestDatabase;
let db: Db;
let scenario: Scenario;
let worker: WorkerProcess;
let tenantId: string;

// Without a route whatever is to be delivered waits.
const start = (importBatch: number) =>
  startWorkerProcess({
    database,
    routes: '',
    tuning: { importBatch, leaseMs: 1_000, timerMs: 100 },
  });

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDb({ url: database.appUrl, max: 4 });
  scenario = await openScenario(database.superuserUrl);
  tenantId = await scenario.tenant();
  worker = await start(IMPORT_BATCH);
});

afterAll(async () => {
  await worker?.stop(30_000);
  await closeDb(db);
  await scenario?.close();
  await database?.drop();
});

interface Upload {
  listId: string | null;
  encoding?: 'utf-8' | 'shift_jis';
  delimiter?: ',' | ';' | '\t';
  pieceBytes?: number;
}

async function upload(bytes: Buffer, options: Upload): Promise<string> {
  const { listId, encoding = 'utf-8', delimiter = ',', pieceBytes = 1_000_000 } = options;
  const kind = listId ? 'recipients' : 'suppressions';
  return withTenant(
    db,
    tenantId,
    async (scope) => {
      const { importId } = await createImport(scope, { kind, listId, filename: 'list.csv' });
      for (let seq = 0; seq * pieceBytes < bytes.length; seq++) {
        const data = bytes.subarray(seq * pieceBytes, (seq + 1) * pieceBytes);
        await appendImportChunk(scope, { importId, seq, data });
      }
      await finishUpload(scope, { importId });
      const columns = listId
        ? [
            { index: 1, key: 'name', label: 'お名前' },
            { index: 2, key: 'memo', label: 'メモ' },
          ]
        : [];
      const format = { encoding, delimiter };
      await setImportMapping(scope, { importId, mapping: { emailIndex: 0, columns }, format });
      return importId;
    },
    { timeoutMs: WAIT_MS },
  );
}

const progressOf = (importId: string) =>
  withTenant(db, tenantId, (scope) => importProgress(scope, importId)) as Promise<ImportProgress>;

async function until(
  importId: string,
  isSo: (progress: ImportProgress) => boolean,
): Promise<ImportProgress> {
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    const progress = await progressOf(importId);
    if (isSo(progress)) return progress;
    if (Date.now() > deadline)
      throw new Error(`The import is ${progress.state} at record ${progress.doneRecords}.`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

const over = (importId: string) =>
  until(importId, ({ state }) => ['finished', 'failed', 'cancelled'].includes(state));

const countsOf = ({ newCount, updatedCount, duplicateCount, refusedCount }: ImportProgress) => ({
  new: newCount,
  updated: updatedCount,
  duplicate: duplicateCount,
  refused: refusedCount,
});

const newList = () => scenario.list(tenantId, []);

const peopleOf = (listId: string) =>
  scenario.query<{ email: string; fields: Record<string, string> }>(
    'select email, fields from recipient where list_id = $1 order by email',
    [listId],
  );

const refusalsOf = (importId: string) =>
  scenario.query<{ line: number; code: string; value: string }>(
    'select line, code, value from import_refusal where import_id = $1 order by line',
    [importId],
  );

/** Lines of a file with everything in it; `|` stands for the delimiter, `\n` in a cell for a quoted end of line. */
function fileOf(delimiter: string, eol: string): string {
  const lines = [
    'メール|お名前|メモ',
    'a@first.example|山田 太郎|"一行目\n二行目"',
    'no-at-sign|x|y',
    'A@First.example|別の人|同じ回の重複',
    '',
    'c@second.example|佐藤, 花子|"引用""符"',
    '|住所なし|',
    'e@third.example|a|b|shifted',
    ...Array.from({ length: 6 }, (_, i) => `p${i}@more.example|人${i}|"x\ny\nz"`),
    'a@first.example|後の人|次の回の重複',
    'bad@domain|x|y',
    'ｚｅｎ＠ｋａｋｕ．ｅｘａｍｐｌｅ|全角|',
  ];
  const quoted = lines.map((line) =>
    line
      .split('|')
      .map((cell) => (cell.includes(delimiter) && !cell.startsWith('"') ? `"${cell}"` : cell))
      .join(delimiter)
      .replaceAll('\n', eol),
  );
  return quoted.join(eol) + eol;
}

const VARIANTS = [
  ['Shift_JIS, comma, CRLF', 'shift_jis', ',', '\r\n', ''],
  ['UTF-8 without BOM, tab, LF', 'utf-8', '\t', '\n', ''],
  ['UTF-8 with BOM, semicolon, CRLF', 'utf-8', ';', '\r\n', '\ufeff'],
] as const;

test.each(VARIANTS)('%s: rows, counts and lines of refusals are exact', async (...variant) => {
  const [, encoding, delimiter, eol, bom] = variant;
  const text = bom + fileOf(delimiter, eol);
  const bytes = encoding === 'shift_jis' ? toShiftJis(text) : Buffer.from(text);
  const listId = await newList();
  // Pieces of an odd size cut characters, quotes and ends of lines.
  const importId = await upload(bytes, { listId, encoding, delimiter, pieceBytes: 37 });
  const progress = await over(importId);
  expect(progress).toMatchObject({ state: 'finished', error: null, doneBytes: bytes.length });
  expect(countsOf(progress)).toEqual({ new: 9, updated: 0, duplicate: 2, refused: 4 });
  expect(await refusalsOf(importId)).toEqual([
    { line: 4, code: 'bad-address', value: 'no-at-sign' },
    { line: 8, code: 'no-address', value: '' },
    { line: 9, code: 'too-many-columns', value: 'shifted' },
    { line: 29, code: 'bad-domain', value: 'bad@domain' },
  ]);
  const people = new Map((await peopleOf(listId)).map(({ email, fields }) => [email, fields]));
  expect(people.size).toBe(9);
  expect(people.get('a@first.example')).toEqual({ name: '山田 太郎', memo: '一行目\n二行目' });
  expect(people.get('c@second.example')).toEqual({ name: '佐藤, 花子', memo: '引用"符' });
  expect(people.get('p5@more.example')).toEqual({ name: '人5', memo: 'x\ny\nz' });
  expect(people.has('zen@kaku.example')).toBe(true);
});

test('imported again with changes, people are updated, and keep what the file does not have', async () => {
  const listId = await newList();
  const first = await over(
    await upload(Buffer.from('e,n,m\na@x.example,old,memo\nb@x.example,B,\n'), { listId }),
  );
  expect(countsOf(first)).toEqual({ new: 2, updated: 0, duplicate: 0, refused: 0 });
  await scenario.query(
    `update recipient set fields = fields || '{"tel": "03"}' where list_id = $1`,
    [listId],
  );
  const again = await over(
    await upload(Buffer.from('\ne,n,m\nA@x.example,new,\nc@x.example,C,\n'), { listId }),
  );
  expect(countsOf(again)).toEqual({ new: 1, updated: 1, duplicate: 0, refused: 0 });
  expect(await peopleOf(listId)).toEqual([
    { email: 'A@x.example', fields: { name: 'new', memo: '', tel: '03' } },
    { email: 'b@x.example', fields: { name: 'B', memo: '', tel: '03' } },
    { email: 'c@x.example', fields: { name: 'C', memo: '' } },
  ]);
});

test('a file that cannot be read to its end fails with its code, and changes nothing', async () => {
  const rows = Array.from({ length: 50 }, (_, i) => `p${i}@x.example,山田,メモ\n`).join('');
  const wrongAtTheEnd = Buffer.concat([
    Buffer.from(`e,n,m\n${rows}`),
    toShiftJis('q@x.example,鈴木,\n'),
  ]);
  for (const [bytes, code] of [
    [Buffer.from(`e,n,m\n${rows}q@x.example,"never closed,\n${rows}`), 'csv-unclosed-quote'],
    [wrongAtTheEnd, 'csv-wrong-encoding'],
  ] as const) {
    const listId = await newList();
    const importId = await upload(bytes, { listId, pieceBytes: 500 });
    const progress = await over(importId);
    expect(progress).toMatchObject({ state: 'failed', error: code, doneRecords: 0 });
    expect(countsOf(progress)).toEqual({ new: 0, updated: 0, duplicate: 0, refused: 0 });
    expect(await peopleOf(listId)).toEqual([]);
  }
});

test('a file with nobody in it finishes with nobody', async () => {
  const listId = await newList();
  const progress = await over(await upload(Buffer.from('e,n,m\n\n,,\n'), { listId }));
  expect(progress.state).toBe('finished');
  expect(countsOf(progress)).toEqual({ new: 0, updated: 0, duplicate: 0, refused: 0 });
});

test('an import that is cancelled stops, and says what it did until then', async () => {
  const listId = await newList();
  const rows = Array.from({ length: 20_000 }, (_, i) => `p${i}@x.example,n,m\n`).join('');
  const importId = await upload(Buffer.from(`e,n,m\n${rows}`), { listId });
  await until(importId, ({ doneRecords }) => doneRecords > 20);
  await withTenant(db, tenantId, (scope) => cancelImport(scope, { importId }));
  const progress = await progressOf(importId);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(await progressOf(importId)).toEqual(progress);
  expect(progress.state).toBe('cancelled');
  expect(progress.newCount).toBeLessThan(20_000);
  expect(await peopleOf(listId)).toHaveLength(progress.newCount);
});

test('an upload of people who are not to be mailed cancels what waits for them, and weakens no entry', async () => {
  const [out, bounced, waiting, other] = ['out', 'bounced', 'waiting', 'other'].map(
    (name) => `${name}@stop.example`,
  ) as [string, string, string, string];
  const listId = await scenario.list(tenantId, [waiting, other]);
  const campaignId = await scenario.campaign({ tenantId, listId });
  await scenario.until(
    campaignId,
    ({ waiting: n = 0 }, state) => n === 2 && state === 'running',
    WAIT_MS,
  );
  await withTenant(db, tenantId, (scope) =>
    suppress(scope, { emails: [out], reason: 'unsubscribed' }),
  );
  await withTenant(db, tenantId, (scope) =>
    suppress(scope, { emails: [bounced], reason: 'bounced' }),
  );
  const people = [out, bounced, waiting.toUpperCase(), waiting, 'nonsense', 'new@stop.example'];
  const fill = Array.from({ length: IMPORT_BATCH }, (_, i) => `f${i}@stop.example`);
  const importId = await upload(Buffer.from(`e\n${[...people, ...fill, out].join('\n')}\n`), {
    listId: null,
  });
  const progress = await over(importId);
  expect(progress.state).toBe('finished');
  // Twice in the file: `waiting` and `out`. Out already: `out`, `bounced`.
  expect(countsOf(progress)).toEqual({ new: 9, updated: 0, duplicate: 4, refused: 1 });
  expect(await scenario.states(campaignId)).toEqual({ waiting: 1, cancelled: 1 });
  const entries = await scenario.query<{ email: string; reason: string }>(
    `select email_key as email, reason from suppression
      where tenant_id = $1 and released_at is null and email_key = any($2) order by 1`,
    [tenantId, [out, bounced, waiting]],
  );
  expect(entries).toEqual([
    { email: bounced, reason: 'imported' },
    { email: out, reason: 'unsubscribed' },
    { email: waiting, reason: 'imported' },
  ]);
});

test('a person who unsubscribed and is imported again stays out', async () => {
  const emails = ['left@again.example', 'stays@again.example'];
  await withTenant(db, tenantId, (scope) =>
    suppress(scope, { emails: ['Left@again.example'], reason: 'unsubscribed' }),
  );
  const listId = await newList();
  const progress = await over(
    await upload(Buffer.from(`e,n,m\n${emails.map((email) => `${email},n,m\n`).join('')}`), {
      listId,
    }),
  );
  expect(countsOf(progress)).toMatchObject({ new: 2 });
  const campaignId = await scenario.campaign({ tenantId, listId });
  await scenario.until(campaignId, (_, state) => state === 'running', WAIT_MS);
  const rows = await scenario.query(
    `select c.excluded, d.email, d.state from campaign c join delivery d on d.campaign_id = c.id where c.id = $1`,
    [campaignId],
  );
  expect(rows).toEqual([
    { excluded: { suppressed: { unsubscribed: 1 } }, email: emails[1], state: 'waiting' },
  ]);
});

test('a list that was deleted is emptied', async () => {
  const listId = await scenario.list(tenantId, ['a@gone.example', 'b@gone.example']);
  await withTenant(db, tenantId, (scope) => deleteList(scope, { listId }));
  await expect.poll(() => peopleOf(listId), { timeout: WAIT_MS, interval: 50 }).toEqual([]);
});

test('100,000 rows, killed with -9 and told to stop on the way, end with exactly the right people', {
  timeout: 400_000,
}, async () => {
  const ROWS = 100_000;
  const DISTINCT = 90_000;
  const listId = await newList();
  const rows = Array.from(
    { length: ROWS },
    (_, i) => `p${i % DISTINCT}@d${i % 7}.example,山田${i},"m\n${i}"`,
  );
  // The domain depends on i % 7: person 0 comes again as p0@d(90000 % 7).
  const exact = new Map<string, string>();
  for (const [i, row] of rows.entries()) {
    const email = row.slice(0, row.indexOf(','));
    if (!exact.has(email)) exact.set(email, `山田${i}`);
  }
  const bytes = Buffer.from(`e,n,m\n${rows.join('\n')}\nnobody,x,y\n`);
  expect(await worker.stop(30_000)).toBe(0);
  const importId = await upload(bytes, { listId });
  let before = 0;
  for (const how of ['kill', 'kill', 'stop', 'kill'] as const) {
    worker = await start(500);
    const { doneRecords } = await until(importId, (one) => one.doneRecords >= before + 1_000);
    if (how === 'kill') await worker.kill();
    else expect(await worker.stop(30_000), 'SIGTERM in mid-import').toBe(0);
    const stopped = await progressOf(importId);
    expect(stopped, 'it was stopped in the middle').toMatchObject({ state: 'running' });
    before = Math.max(doneRecords, stopped.doneRecords);
  }
  worker = await start(5_000);
  const startedMs = performance.now();
  let peakBytes = 0;
  let firstBytes = 0;
  const progress = await until(importId, ({ state, doneRecords }) => {
    void memoryOf(worker).then((memory) => {
      if (doneRecords > before && firstBytes === 0) firstBytes = memory;
      peakBytes = Math.max(peakBytes, memory);
    });
    return state === 'finished' || state === 'failed';
  });
  const perSecond = Math.round((ROWS - before) / ((performance.now() - startedMs) / 1_000));
  const mib = (memory: number) => Math.round(memory / 1_048_576);
  console.info(
    `import: ${perSecond} rows/s; worker ${mib(firstBytes)} MiB at its first batch, ${mib(peakBytes)} MiB at most`,
  );
  expect(progress.state).toBe('finished');
  expect(countsOf(progress)).toEqual({
    new: exact.size,
    updated: 0,
    duplicate: ROWS - exact.size,
    refused: 1,
  });
  expect(await refusalsOf(importId)).toEqual([
    { line: 2 * ROWS + 2, code: 'bad-address', value: 'nobody' },
  ]);
  const people = await peopleOf(listId);
  expect(people).toHaveLength(exact.size);
  expect(people.filter(({ email, fields }) => exact.get(email) !== fields.name)).toEqual([]);
  const left = await scenario.query('select 1 from import_chunk where import_id = $1', [importId]);
  expect(left, 'the file is gone when it is done').toEqual([]);
});

async function memoryOf({ healthPort }: WorkerProcess): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${healthPort}/health`).catch(() => undefined);
  return answer ? ((await answer.json()) as { memoryBytes: number }).memoryBytes : 0;
}
