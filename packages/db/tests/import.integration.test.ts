import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  appendImportChunk,
  audienceSummary,
  cancelImport,
  createImport,
  deleteList,
  finishUpload,
  importProgress,
  type RefusalRow,
  readImportHead,
  refusalsCsvRows,
  setImportMapping,
} from '../src/index.ts';
import { cancelAbandonedUploads } from '../src/worker.ts';
import { openTestDb, type TestDb } from './database.ts';
import { makeWorld, type World } from './world.ts';

const MAPPING = {
  emailIndex: 0,
  columns: [
    { index: 1, key: 'name', label: '氏名' },
    { index: 2, key: 'city', label: '市' },
  ],
};
const FORMAT = { encoding: 'shift_jis', delimiter: ',' } as const;

describe('an upload', () => {
  let db: TestDb;
  let world: World;
  let importId: string;
  let count = 0;

  beforeAll(async () => {
    db = await openTestDb();
  });
  afterAll(() => db.end());
  beforeEach(async () => {
    world = await makeWorld(db, `tenant${count++}`);
    const input = { kind: 'recipients', listId: world.listId, filename: 'a.csv' } as const;
    importId = (await world.run((scope) => createImport(scope, input))).importId;
  });

  const append = (seq: number, data: Uint8Array) =>
    world.run((scope) => appendImportChunk(scope, { importId, seq, data }));
  const finish = () => world.run((scope) => finishUpload(scope, { importId }));
  const map = (mapping: object = MAPPING, format: object = FORMAT) =>
    world.run((scope) =>
      setImportMapping(scope, { importId, mapping: mapping as never, format: format as never }),
    );
  const progress = () => world.run((scope) => importProgress(scope, importId));

  it('in pieces, one of them twice, is stored byte by byte', async () => {
    const pieces = [randomBytes(100_000), randomBytes(1), randomBytes(70_000)];
    for (const [seq, piece] of pieces.entries()) await append(seq, piece);
    await append(1, randomBytes(99));
    const whole = Buffer.concat(pieces);
    expect(await finish()).toEqual({ sizeBytes: whole.length });
    const { rows } = await db.worker.query<{ data: Buffer }>(
      'select data from import_chunk where import_id = $1 order by seq',
      [importId],
    );
    expect(Buffer.concat(rows.map((row) => row.data)).equals(whole)).toBe(true);
    for (const bytesMax of [1, 100_001, 120_000]) {
      const head = await world.run((scope) => readImportHead(scope, { importId, bytesMax }));
      expect(Buffer.from(head ?? []).equals(whole.subarray(0, bytesMax))).toBe(true);
    }
    expect(await progress()).toMatchObject({ state: 'mapping', sizeBytes: whole.length });
  });

  it('goes to the workers when its columns are chosen, and the list learns them once', async () => {
    await append(0, Buffer.from('a,b,c'));
    await finish();
    await map();
    expect(await progress()).toMatchObject({ state: 'queued', mapping: MAPPING, ...FORMAT });
    const again = await world.run((scope) =>
      createImport(scope, { kind: 'recipients', listId: world.listId, filename: 'b.csv' }),
    );
    importId = again.importId;
    await append(0, Buffer.from('a,b,c'));
    await finish();
    await map({
      emailIndex: 0,
      columns: [MAPPING.columns[1], { index: 3, key: 'age', label: '年' }],
    });
    const list = await world.run(({ prisma, tenantId }) =>
      prisma.list.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id: world.listId } } }),
    );
    expect(list.columns).toEqual([
      { key: 'name', label: '氏名' },
      { key: 'city', label: '市' },
      { key: 'age', label: '年' },
    ]);
  });

  it('that is empty, or lacks a piece, is refused', async () => {
    await expect(finish()).rejects.toMatchObject({ reason: 'file_empty' });
    await append(0, Buffer.from('x'));
    await append(2, Buffer.from('x'));
    await expect(finish()).rejects.toMatchObject({ reason: 'chunk_missing' });
    expect(await progress()).toMatchObject({ state: 'uploading' });
  });

  it.each([
    [{ emailIndex: -1, columns: [] }, FORMAT],
    [{ emailIndex: 0, columns: [{ index: 1, key: '__proto__', label: 'x' }] }, FORMAT],
    [
      {
        emailIndex: 0,
        columns: [
          { index: 1, key: 'a', label: 'x' },
          { index: 2, key: 'a', label: 'y' },
        ],
      },
      FORMAT,
    ],
    [MAPPING, { encoding: 'utf-7', delimiter: ',' }],
  ])(
    'with the columns %j and format %j is refused and stays as it was',
    async (mapping, format) => {
      await append(0, Buffer.from('x'));
      await finish();
      await expect(map(mapping, format)).rejects.toMatchObject({ reason: 'mapping' });
      expect(await progress()).toMatchObject({ state: 'mapping', mapping: null });
    },
  );

  it('takes its steps in order only', async () => {
    await expect(map()).rejects.toMatchObject({ code: 'CONFLICT', reason: 'import_state' });
    await append(0, Buffer.from('x'));
    await finish();
    await expect(append(1, Buffer.from('x'))).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(finish()).rejects.toMatchObject({ code: 'CONFLICT' });
    await map();
    await expect(map()).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('pieces that are no pieces are refused', async () => {
    for (const [seq, size] of [
      [-1, 1],
      [0.5, 1],
      [0, 0],
      [0, 5_000_000],
    ] as const) {
      await expect(append(seq, Buffer.alloc(size))).rejects.toMatchObject({ reason: 'chunk' });
    }
  });

  it('cancelled leaves no bytes behind and cannot be cancelled twice', async () => {
    await append(0, Buffer.from('x'));
    await world.run((scope) => cancelImport(scope, { importId }));
    const { rows } = await db.worker.query('select 1 from import_chunk where import_id = $1', [
      importId,
    ]);
    expect(rows).toEqual([]);
    const again = world.run((scope) => cancelImport(scope, { importId }));
    await expect(again).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('belongs to a list, or is a suppression list and belongs to none', async () => {
    const make = (kind: 'recipients' | 'suppressions', listId: string | null) =>
      world.run((scope) => createImport(scope, { kind, listId, filename: 'x'.repeat(999) }));
    await make('suppressions', null);
    await expect(make('suppressions', world.listId)).rejects.toMatchObject({ reason: 'list' });
    await expect(make('recipients', null)).rejects.toMatchObject({ reason: 'list' });
    await world.run(({ prisma }) => prisma.campaign.updateMany({ data: { state: 'finished' } }));
    await world.run((scope) => deleteList(scope, { listId: world.listId }));
    await expect(make('recipients', world.listId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await progress()).toMatchObject({ state: 'cancelled' });
  });

  it('that runs keeps its list from being deleted', async () => {
    await world.run(({ prisma }) => prisma.campaign.updateMany({ data: { state: 'finished' } }));
    await db.worker.query(`update list_import set state = 'running' where id = $1`, [importId]);
    const refused = world.run((scope) => deleteList(scope, { listId: world.listId }));
    await expect(refused).rejects.toMatchObject({ reason: 'import_running' });
  });

  it('gives its refused lines in order, all of them', async () => {
    await db.worker.query(
      `insert into import_refusal (tenant_id, import_id, line, code, value)
       select $1, $2, i, 'no-at', '=cmd' || i from generate_series(12000, 2, -1) i`,
      [world.tenantId, importId],
    );
    const rows: RefusalRow[] = [];
    for await (const row of refusalsCsvRows(world.run, importId)) rows.push(row);
    expect(rows.map((row) => row.line)).toEqual(Array.from({ length: 11_999 }, (_, i) => i + 2));
  });

  it('that nobody finished within a day is cancelled with its pieces; a fresh one stays', async () => {
    const piece = { importId, seq: 0, data: Buffer.from('email\n') };
    await world.run((scope) => appendImportChunk(scope, piece));
    const stateNow = async () =>
      (await world.run((scope) => importProgress(scope, importId)))?.state;
    await cancelAbandonedUploads(db.worker);
    expect(await stateNow()).toBe('uploading');
    await db.as(
      db.urls.superuserUrl,
      `update list_import set created_at = now() - interval '25 hours' where id = '${importId}'`,
    );
    await cancelAbandonedUploads(db.worker);
    expect(await stateNow()).toBe('cancelled');
    expect(await world.run(({ prisma }) => prisma.importChunk.count({ where: { importId } }))).toBe(
      0,
    );
  });

  it('audience: everybody is a recipient or excluded for one reason', async () => {
    const add = (email: string, reason: 'bounced' | 'unsubscribed') =>
      world.run(({ prisma, tenantId }) =>
        prisma.suppression.create({ data: { tenantId, email, emailKey: email, reason } }),
      );
    await add(`bounced@${world.domain}`, 'bounced');
    await add(`accepted@${world.domain}`, 'unsubscribed');
    await db.worker.query(
      `insert into recipient (tenant_id, list_id, email, email_key, domain)
       select $1, $2, 'q' || i || '@big.example', 'q' || i || '@big.example', 'big.example' from generate_series(1, 20) i`,
      [world.tenantId, world.listId],
    );
    const summary = await world.run((scope) => audienceSummary(scope, world.listId, { top: 1 }));
    expect(summary).toEqual({
      listName: `${world.canary} list`,
      total: 27,
      excluded: { bounced: 1, unsubscribed: 1 },
      excludedFull: 0,
      recipients: 25,
      destinations: [{ domain: 'big.example', count: 20 }],
      destinationCount: 2,
    });
  });
});
