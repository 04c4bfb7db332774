/** F29: the worker that imports a million rows is killed half-way; the next one goes on behind the last checkpoint. */
import {
  appendImportChunk,
  closeDb,
  createImport,
  finishUpload,
  importProgress,
  openDb,
  setImportMapping,
  type TenantScope,
  withTenant,
} from '@hikyaku/db';
import type { Fault } from '../fault.ts';
import { until } from '../stage.ts';

const ROWS = 1_000_000;
const ROWS_A_PIECE = 20_000;
const LONG_MS = 300_000;

export const importFaults: Fault[] = [
  {
    id: 'F29',
    what: `an import of ${ROWS.toLocaleString('en')} rows, killed with -9 half-way, and again near its end`,
    expect: 'exactly as many people as rows, and the counts say so',
    async run(stage) {
      const db = openDb({ url: stage.database.appUrl, max: 4 });
      const act = <T>(work: (scope: TenantScope) => Promise<T>) =>
        withTenant(db, stage.tenantId, work, { timeoutMs: LONG_MS });
      try {
        const listId = await stage.scenario.list(stage.tenantId, []);
        const importId = await act((scope) => upload(scope, listId));
        const progress = () => act((scope) => importProgress(scope, importId));
        const doneOf = async () => (await progress())?.doneRecords ?? 0;
        for (const share of [0.5, 0.8]) {
          const worker = await stage.startWorker();
          await until(
            async () => (await doneOf()) >= ROWS * share,
            `${share} was imported`,
            LONG_MS,
          );
          await worker.kill();
          stage.workers.delete(worker);
          const done = await doneOf();
          stage.demand(done < ROWS, `killed in the middle (at ${done})`);
          stage.struck(`kill -9 at ${Math.round((done / ROWS) * 100)} %`);
        }
        await stage.startWorker();
        await until(
          async () => (await progress())?.state === 'finished',
          'the import ended',
          LONG_MS,
        );
        const [row] = await stage.query<{ rows: number; people: number }>(
          'select count(*)::int as rows, count(distinct email_key)::int as people from recipient where list_id = $1',
          [listId],
        );
        stage.demand(
          row?.rows === ROWS && row.people === ROWS,
          `exactly ${ROWS} (${JSON.stringify(row)})`,
        );
        const counts = await progress();
        const isCounted =
          counts?.newCount === ROWS && counts.refusedCount === 0 && counts.updatedCount === 0;
        stage.demand(isCounted, `the counts say so: ${JSON.stringify(counts)}`);
      } finally {
        await closeDb(db);
      }
    },
  },
];

async function upload(scope: TenantScope, listId: string): Promise<string> {
  const { importId } = await createImport(scope, {
    kind: 'recipients',
    listId,
    filename: 'list.csv',
  });
  for (let seq = 0; seq * ROWS_A_PIECE < ROWS; seq++) {
    const lines = Array.from({ length: ROWS_A_PIECE }, (_, i) => {
      const n = seq * ROWS_A_PIECE + i;
      return `p${n}@d${n % 997}.example,山田 ${n}\n`;
    });
    const data = Buffer.from((seq === 0 ? 'メール,お名前\n' : '') + lines.join(''));
    await appendImportChunk(scope, { importId, seq, data });
  }
  await finishUpload(scope, { importId });
  const mapping = { emailIndex: 0, columns: [{ index: 1, key: 'name', label: 'お名前' }] };
  const format = { encoding: 'utf-8', delimiter: ',' } as const;
  await setImportMapping(scope, { importId, mapping, format });
  return importId;
}
