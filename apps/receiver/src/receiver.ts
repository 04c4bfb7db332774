/** Puts a receiver together: destinations, journal, kept messages, triggers, control port. Loopback only. */
import { createSecureContext } from 'node:tls';
import { makeCertificate } from './certificate.ts';
import type { ReceiverConfigInput } from './config.ts';
import { defaultConfig, receiverConfigSchema } from './config.ts';
import { startControl } from './control.ts';
import type { DestinationStats } from './destination.ts';
import { Destination } from './destination.ts';
import type { JournalSync } from './journal.ts';
import { Journal } from './journal.ts';
import { MessageStore } from './message-store.ts';
import type { SessionContext } from './session.ts';
import { Triggers } from './triggers.ts';

/**
 * Starts all destinations and the control port in this process.
 * Throws `ZodError` for a wrong config, and the system's error for a taken port or an unwritable folder.
 */
export async function startReceiver(options: ReceiverOptions = {}): Promise<Receiver> {
  const config = receiverConfigSchema.parse(options.config ?? defaultConfig);
  const hostname = options.hostname ?? 'receiver.test';
  const journal =
    options.journalPath === undefined
      ? null
      : new Journal({
          path: options.journalPath,
          sync: options.journalSync ?? 'batch',
          events: options.journalEvents ?? 'all',
          onError: options.onJournalError ?? stopTheProcess,
        });
  // Session ids stay unique when a later run appends to the same journal.
  const run = Date.now().toString(36);
  let sessions = 0;
  const context: SessionContext = {
    hostname,
    journal,
    messages: options.keepMessages === undefined ? null : new MessageStore(options.keepMessages),
    triggers: new Triggers(),
    tls: createSecureContext(makeCertificate(hostname)),
    nextSessionId: () => {
      sessions += 1;
      return `${run}-${sessions}`;
    },
  };
  const destinations = config.destinations.map((d) => new Destination(d, context));
  const closeAll = async () => {
    await Promise.all(destinations.map((d) => d.close()));
    journal?.close();
  };
  try {
    for (const destination of destinations) await destination.listen();
    const { triggers, messages } = context;
    const control = await startControl(
      { destinations, triggers, messages },
      options.controlPort ?? 0,
    );
    return {
      controlPort: control.port,
      destinations: destinations.map(({ name, port, domains }) => ({
        name,
        port,
        domains: [...domains],
      })),
      routes: routesText(destinations),
      stats: () => destinations.map((d) => d.stats()),
      stop: async () => {
        await control.close();
        await closeAll();
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** A routes file for the worker: `domain or * = host:port`, one a line. */
function routesText(destinations: readonly Destination[]): string {
  const lines = destinations.flatMap(({ name, port, domains }) => [
    `# ${name}`,
    ...domains.map((domain) => `${domain} = 127.0.0.1:${port}`),
  ]);
  return `${lines.join('\n')}\n`;
}

/** No journal, no reply: what is accepted now could not be proven. */
function stopTheProcess(error: Error): void {
  process.stderr.write(`receiver: the journal cannot be written, stopping: ${error.message}\n`);
  process.exit(74);
}

export interface ReceiverOptions {
  config?: ReceiverConfigInput;
  hostname?: string;
  /** 0, the default, takes a free port. */
  controlPort?: number;
  /** Without it nothing is journaled, and replies wait for nothing. */
  journalPath?: string;
  journalSync?: JournalSync;
  journalEvents?: 'all' | 'accepted';
  /** Folder for accepted messages; without it none is kept. */
  keepMessages?: string;
  /** Default: say so on stderr and exit with 74. */
  onJournalError?: (error: Error) => void;
}

export interface Receiver {
  controlPort: number;
  destinations: { name: string; port: number; domains: string[] }[];
  /** Text of a routes file for the worker. */
  routes: string;
  stats(): DestinationStats[];
  /** Ends all sessions, flushes and closes the journal. */
  stop(): Promise<void>;
}
