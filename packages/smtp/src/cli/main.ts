/**
 * npm run smtp -- send …: sends a message with the real client and tells what became of every recipient.
 * Exit code 0 only if all were accepted, 1 if not, 2 for a command line that cannot be understood.
 */
import { readFile } from 'node:fs/promises';
import { HELP, readOptions, UsageError } from './options.ts';
import { printResult, printSummary } from './report.ts';
import { send } from './send.ts';

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') console.log(HELP);
  else {
    const message = await readMessage(options.messageFile);
    const summary = await send(options, message, {
      onResult: (result) => printResult(result, options.isJson),
      // Apart from the results, so that --json stays one object per line.
      onSaid: ({ direction, atMs, text }, session) =>
        console.error(`${String(atMs).padStart(6)} ms  ${session} ${direction} ${text}`),
    });
    printSummary(summary, options.isJson);
    process.exitCode = summary.accepted === summary.recipients ? 0 : 1;
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\nnpm run smtp -- --help tells what can be said.`);
  process.exitCode = 2;
}

async function readMessage(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file === '-' ? '/dev/stdin' : file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`The message ${file} cannot be read (${code}).`);
  }
}
