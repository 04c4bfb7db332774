/** Importing a CSV of 1,000,000 rows the way the dashboard does: uploaded in pieces, columns chosen, read by a worker. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  appendImportChunk,
  createImport,
  finishUpload,
  importProgress,
  setImportMapping,
} from '@hikyaku/db';
import { memoryMB } from '../memory-watch.ts';
import type { Rig } from '../rig.ts';

const PIECE_ROWS = 10_000;
const LOOK_MS = 250;
const SAY_MS = 15_000;
const TIMEOUT_MS = 900_000;

export interface Import {
  perSecond: number;
  /** Most memory of the worker in the last half ÷ most in the first half; not part of the line. */
  memoryGrowth: number | null;
}

export async function importing(rig: Rig): Promise<Import> {
  const rows = rig.scaled(1_000_000);
  const worker = await rig.startWorker('');
  try {
    const tenantId = await rig.scenario.tenant({ name: 'bench' });
    const listId = await rig.scenario.list(tenantId, []);
    const {
      importId,
      sizeBytes,
      seconds: uploadSeconds,
    } = await upload(rig, tenantId, listId, rows);
    const startedMs = performance.now();
    await rig.asTenant(tenantId, (scope) =>
      setImportMapping(scope, { importId, mapping: MAPPING, format: FORMAT }),
    );
    const memory = await watch(rig, tenantId, importId, worker.pid);
    const seconds = (performance.now() - startedMs) / 1_000;
    const [list] = await rig.scenario.query<{ count: number }>(
      'select count(*)::int as count from recipient where list_id = $1',
      [listId],
    );
    if (list?.count !== rows) throw new Error(`${list?.count} of ${rows} rows were imported.`);
    const half = memory.length >> 1;
    const [first, last] = [Math.max(...memory.slice(0, half)), Math.max(...memory.slice(half))];
    const memoryGrowth = half > 0 ? Math.round((last / first) * 100) / 100 : null;
    const perSecond = Math.round(rows / seconds);
    rig.say(
      `  import of ${rows} rows (${Math.round(sizeBytes / 1e6)} MB, 3 columns, uploaded in ${uploadSeconds.toFixed(1)} s), ${rig.durability}: ${seconds.toFixed(1)} s, ${perSecond}/s; worker at most ${first} MB in the first half and ${last} MB in the last`,
    );
    return { perSecond, memoryGrowth };
  } finally {
    await worker.stop(30_000);
  }
}

const MAPPING = {
  emailIndex: 0,
  columns: [
    { index: 1, key: 'name', label: 'Name' },
    { index: 2, key: 'points', label: 'Points' },
  ],
};
const FORMAT = { encoding: 'utf-8', delimiter: ',' } as const;

async function upload(rig: Rig, tenantId: string, listId: string, rows: number) {
  const startedMs = performance.now();
  const file = { kind: 'recipients', listId, filename: 'million.csv' } as const;
  const { importId } = await rig.asTenant(tenantId, (scope) => createImport(scope, file));
  for (let from = 0, seq = 0; from < rows; from += PIECE_ROWS, seq++) {
    const data = Buffer.from(linesOf(from, Math.min(rows, from + PIECE_ROWS)));
    await rig.asTenant(tenantId, (scope) => appendImportChunk(scope, { importId, seq, data }));
  }
  const { sizeBytes } = await rig.asTenant(tenantId, (scope) => finishUpload(scope, { importId }));
  return { importId, sizeBytes, seconds: (performance.now() - startedMs) / 1_000 };
}

function linesOf(from: number, to: number): string {
  let text = from === 0 ? 'mail,name,points\r\n' : '';
  for (let n = from; n < to; n++)
    text += `person.${n}@d${n % 500}.example,"Person, ${n}",${n % 5_000}\r\n`;
  return text;
}

/** The worker's memory in MB, sample by sample, until the import has ended well. */
async function watch(rig: Rig, tenantId: string, importId: string, pid: number): Promise<number[]> {
  const memory: number[] = [];
  const startedMs = performance.now();
  let sayAtMs = startedMs + SAY_MS;
  for (;;) {
    const progress = await rig.asTenant(tenantId, (scope) => importProgress(scope, importId));
    if (progress?.state === 'finished') return memory;
    const nowMs = performance.now();
    if (progress?.state === 'failed' || nowMs - startedMs > TIMEOUT_MS)
      throw new Error(`The import is ${progress?.state} at record ${progress?.doneRecords}.`);
    if (nowMs > sayAtMs) {
      sayAtMs = nowMs + SAY_MS;
      rig.say(`  … ${progress?.doneRecords} records`);
    }
    memory.push(memoryMB(pid) ?? 0);
    await sleep(LOOK_MS);
  }
}
