/**
 * The receiver as a process. Prints one JSON line when it is ready, then nothing on stdout.
 * Usage: see `usage`, which --help prints.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import pino from 'pino';
import { z } from 'zod';
import type { Receiver, ReceiverOptions } from './receiver.ts';
import { startReceiver } from './receiver.ts';

const usage = `receiver: SMTP servers that stand in for the internet. They take mail in and send none.

  --config FILE            destinations and manners (JSON; default: one fast destination for every domain)
  --journal FILE           append one JSON line per accepted recipient, before the reply
  --journal-sync MODE      batch (default): fsync, group-committed; off: written, not synced
  --journal-events WHICH   all (default), or accepted: leave refusals out
  --keep-messages FOLDER   keep each accepted message as .eml
  --control-port PORT      HTTP control port (default: a free one)
  --ports-file FILE        write the ready line's JSON there, too
  --hostname NAME          name in the greeting (default: receiver.test)
  --exit-with-stdin        end when stdin ends, so that no receiver outlives the test that began it
`;

const optionsSchema = z.object({
  config: z.string().optional(),
  journal: z.string().optional(),
  'keep-messages': z.string().optional(),
  hostname: z
    .string()
    .regex(/^[a-z0-9.-]{1,60}$/i)
    .optional(),
  'journal-sync': z.enum(['off', 'batch']).default('batch'),
  'journal-events': z.enum(['all', 'accepted']).default('all'),
  'control-port': z.coerce.number().int().min(0).max(65_535).default(0),
});

const log = pino({ name: 'receiver' }, pino.destination(2));

await main().catch((error: unknown) => {
  const message = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
  process.stderr.write(`receiver: cannot start: ${message}\n`);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      config: { type: 'string' },
      journal: { type: 'string' },
      'journal-sync': { type: 'string' },
      'journal-events': { type: 'string' },
      'keep-messages': { type: 'string' },
      'control-port': { type: 'string' },
      'ports-file': { type: 'string' },
      hostname: { type: 'string' },
      'exit-with-stdin': { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const receiver = await startReceiver(readOptions(values));
  const { controlPort, destinations, routes } = receiver;
  const ready = JSON.stringify({
    ready: true,
    pid: process.pid,
    control: controlPort,
    destinations,
    routes,
  });
  const portsFile = values['ports-file'];
  if (portsFile !== undefined) {
    // Whole or not at all: somebody may be waiting for this file.
    writeFileSync(`${portsFile}.part`, `${ready}\n`);
    renameSync(`${portsFile}.part`, portsFile);
  }
  process.stdout.write(`${ready}\n`);
  stopOnSignal(receiver, values['exit-with-stdin'] === true);
}

function readOptions(values: Record<string, string | boolean | undefined>): ReceiverOptions {
  const given = optionsSchema.parse(values);
  return {
    ...(given.config === undefined
      ? {}
      : { config: JSON.parse(readFileSync(given.config, 'utf8')) }),
    ...(given.journal === undefined ? {} : { journalPath: given.journal }),
    ...(given['keep-messages'] === undefined ? {} : { keepMessages: given['keep-messages'] }),
    ...(given.hostname === undefined ? {} : { hostname: given.hostname }),
    journalSync: given['journal-sync'],
    journalEvents: given['journal-events'],
    controlPort: given['control-port'],
    onJournalError: (error) => {
      log.fatal({ code: 'journal-broken', err: error }, 'the journal cannot be written: stopping');
      process.exit(74);
    },
  };
}

function stopOnSignal(receiver: Receiver, isBoundToStdin: boolean): void {
  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    void receiver.stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  if (isBoundToStdin) process.stdin.resume().on('end', stop).on('error', stop);
}
