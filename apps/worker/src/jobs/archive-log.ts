/**
 * Exports months of the log that lie behind the retention (CSV, gzip), and then drops them. Run again after a crash at any point it
 * goes on: a file counts once it is whole, verified and written down, and only what is written down is dropped.
 */
import {
  type ArchivedMonth,
  copyMonth,
  dropArchivedMonth,
  hasUnfinishedCampaigns,
  type LogMonth,
  readArchivedMonth,
  readOldMonths,
  recordArchivedMonth,
  tryArchiveLock,
} from '@hikyaku/db/worker';
import type { Context } from '../context.ts';
import { inspectArchive, writeArchive } from './archive-file.ts';

/** What became of a month. `busy`: somebody read the log just then; it is dropped the next time. */
export type MonthOutcome = 'unfinished' | 'would-archive' | 'busy' | 'dropped';

export interface ArchiveDeps extends Pick<Context, 'scope' | 'stopping'> {
  retentionMonths: number;
  archiveDir: string;
  isDryRun?: boolean;
  onMonth(partition: string, outcome: MonthOutcome, rowCount: number | null): void;
}

/** The job of the worker's timer. Without LOG_ARCHIVE_DIR nothing is ever exported or dropped. */
export async function archiveLogJob({ config, logger, scope, stopping }: Context): Promise<void> {
  const { logArchiveDir: archiveDir, logRetentionMonths: retentionMonths } = config;
  if (!archiveDir) return;
  const onMonth = (month: string, outcome: MonthOutcome, rowCount: number | null) =>
    logger.info({ month, outcome, rowCount }, 'old month of the log');
  await archiveLog({ scope, stopping, retentionMonths, archiveDir, onMonth });
}

/** False when another worker is at it. */
export async function archiveLog(deps: ArchiveDeps): Promise<boolean> {
  const { scope, retentionMonths, stopping, onMonth } = deps;
  return tryArchiveLock(scope, async () => {
    for (const month of await readOldMonths(scope, retentionMonths)) {
      if (stopping.aborted) return;
      const { partition } = month;
      if (await hasUnfinishedCampaigns(scope, month)) onMonth(partition, 'unfinished', null);
      else if (deps.isDryRun) onMonth(partition, 'would-archive', null);
      else {
        const { rowCount } = await ensureExported(deps, month);
        const isDropped = await drop(deps, partition);
        onMonth(partition, isDropped ? 'dropped' : 'busy', rowCount);
      }
    }
  });
}

/** What was exported before, if its file still is what was written down; otherwise a new export. */
async function ensureExported(deps: ArchiveDeps, month: LogMonth): Promise<ArchivedMonth> {
  const { scope, archiveDir } = deps;
  const known = await readArchivedMonth(scope, month.partition);
  const found = known && (await inspectArchive(archiveDir, known.file).catch(() => null));
  if (known && found?.sha256 === known.sha256 && found.rowCount === known.rowCount) return known;
  const file = `${month.partition}.csv.gz`;
  let copied = 0;
  await writeArchive(archiveDir, file, async (take) => {
    copied = await copyMonth(scope, month, take);
  });
  const written = await inspectArchive(archiveDir, file);
  if (written.rowCount !== copied) {
    throw new Error(
      `${file} holds ${written.rowCount} rows and ${copied} were copied. Nothing is dropped; check the disk of LOG_ARCHIVE_DIR.`,
    );
  }
  const archived = { file, ...written };
  await recordArchivedMonth(scope, month, archived);
  return archived;
}

async function drop({ scope, retentionMonths }: ArchiveDeps, partition: string): Promise<boolean> {
  try {
    await dropArchivedMonth(scope, partition, retentionMonths);
    return true;
  } catch (error) {
    // 55P03: the lock was not to be had. Sending must not wait behind a long reading of the log.
    if ((error as { code?: string }).code === '55P03') return false;
    throw error;
  }
}
