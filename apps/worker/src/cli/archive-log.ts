/** `npm run admin -- archive-log [--dry-run]`: what the worker's timer does with old months of the log, by hand. */
import { asWorker, closeDb, openDb } from '@hikyaku/db';
import { readCliConfig } from '../env.ts';
import { archiveLog, type MonthOutcome } from '../jobs/archive-log.ts';

const WORDS: Record<MonthOutcome, string> = {
  unfinished: 'kept: a campaign that is not over has rows in it',
  'would-archive': 'would be exported and dropped',
  busy: 'exported; not dropped, since the log is being read just now. Run it again.',
  dropped: 'exported and dropped',
};

/** The process's exit code. */
export async function archiveLogByHand(isDryRun: boolean): Promise<number> {
  const { workerUrl, logArchiveDir: archiveDir, logRetentionMonths } = readCliConfig();
  const db = openDb({ url: workerUrl, max: 3, applicationName: 'hikyaku-archive-log' });
  const say = (line: string) => process.stdout.write(`${line}\n`);
  let months = 0;
  try {
    const isDone = await archiveLog({
      scope: asWorker(db),
      stopping: new AbortController().signal,
      retentionMonths: logRetentionMonths,
      archiveDir,
      isDryRun,
      onMonth(month, outcome, rowCount) {
        months += 1;
        say(`${month}: ${rowCount === null ? '' : `${rowCount} rows, `}${WORDS[outcome]}`);
      },
    });
    if (!isDone) {
      process.stderr.write('A worker is archiving just now. Try again when it is through.\n');
      return 1;
    }
    if (months === 0) say(`No month of the log is older than ${logRetentionMonths} months.`);
    return 0;
  } finally {
    await closeDb(db);
  }
}
