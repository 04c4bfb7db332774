/**
 * Imports an uploaded list. First the whole file is read once without writing, so that a file that cannot be read changes
 * nothing; then batches with checkpoints. Run again, it skips what is done.
 */
import { domainToASCII } from 'node:url';
import { isBlankRow, readRow } from '@hikyaku/audience';
import {
  beginImport,
  endImport,
  type ImportBatch,
  type RunningImport,
  readImportChunk,
  writeImportBatch,
} from '@hikyaku/db/worker';
import type { Context } from '../context.ts';
import { CsvError, type CsvRecord, readCsv } from '../intake/csv-records.ts';

export async function importList(context: Context, importId: string): Promise<void> {
  const { scope, logger } = context;
  const run = await beginImport(scope, importId);
  if (!run) return;
  const startedMs = performance.now();
  try {
    if (run.doneRecords === 0) for await (const _ of records(context, run));
    if (!(await writeAll(context, run))) return;
    await endImport(scope, run, null);
    logger.info(
      { import: importId, ms: Math.round(performance.now() - startedMs) },
      'import finished',
    );
  } catch (error) {
    // A worker that stops leaves the rest to the next one, behind the last checkpoint.
    if (context.stopping.aborted) return;
    if (!(error instanceof CsvError)) throw error;
    logger.info({ import: importId, code: error.code, reason: error.message }, 'import refused');
    await endImport(scope, run, error.code);
  }
}

/** False when the import was cancelled, is another worker's by now, or this worker stops: then it goes on elsewhere. */
async function writeAll(context: Context, run: RunningImport): Promise<boolean> {
  const { scope, config } = context;
  let batch = new Batch(run.doneRecords);
  let record = 0;
  let width = 0;
  let bytesRead = 0;
  for await (const item of records(context, run)) {
    record += 1;
    bytesRead = item.bytesRead;
    // The first record that is not blank is the header, as in the preview; its width says when columns have shifted.
    const isHeader = width === 0 && !isBlankRow(item.cells);
    if (isHeader) width = item.cells.length;
    if (record <= run.doneRecords) continue;
    batch.pass(record);
    if (!isHeader && !isBlankRow(item.cells)) batch.take(run, item, width);
    if (batch.size < config.tuning.importBatch) continue;
    if (!(await writeImportBatch(scope, run, batch.done(bytesRead)))) return false;
    if (context.stopping.aborted) return false;
    batch = new Batch(record);
  }
  return batch.fromRecord === record || writeImportBatch(scope, run, batch.done(bytesRead));
}

function records({ scope, stopping }: Context, run: RunningImport): AsyncGenerator<CsvRecord> {
  const pieces = async function* () {
    for (let seq = 0; ; seq++) {
      stopping.throwIfAborted();
      const piece = await readImportChunk(scope, {
        tenantId: run.tenantId,
        importId: run.importId,
        seq,
      });
      if (!piece) return;
      yield piece;
    }
  };
  return readCsv(pieces(), run);
}

class Batch {
  readonly fromRecord: number;
  #toRecord: number;
  readonly #people = new Map<string, ImportBatch['people'][number]>();
  readonly #refusals: { line: number; code: string; value: string }[] = [];
  #duplicates = 0;

  constructor(fromRecord: number) {
    this.fromRecord = fromRecord;
    this.#toRecord = fromRecord;
  }

  get size(): number {
    return this.#toRecord - this.fromRecord;
  }

  /** The checkpoint stands behind this record. */
  pass(record: number): void {
    this.#toRecord = record;
  }

  take(run: RunningImport, { cells, line }: CsvRecord, width: number): void {
    const row = readRow({ ...run.mapping, width }, cells, line, { toAscii: domainToASCII });
    if (row.kind === 'refused')
      this.#refusals.push({ line: row.line, code: row.code, value: row.value });
    else if (this.#people.has(row.emailKey)) this.#duplicates += 1;
    else this.#people.set(row.emailKey, row);
  }

  done(bytesRead: number): ImportBatch {
    return {
      people: [...this.#people.values()],
      duplicates: this.#duplicates,
      refusals: this.#refusals,
      fromRecord: this.fromRecord,
      toRecord: this.#toRecord,
      doneBytes: bytesRead,
    };
  }
}
