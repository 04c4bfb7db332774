/**
 * Starts apps/receiver as a process of its own, for suites that deliver mail: worker, e2e, benchmarks, faults. Its
 * journal is the oracle that a delivery log is compared with.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startChild } from './child-process.ts';

const ENTRY = fileURLToPath(new URL('../../../apps/receiver/src/main.ts', import.meta.url));

/** Starts a receiver and resolves when all its ports are open. Rejects with what it said when it cannot start. */
export async function startReceiverProcess(
  options: ReceiverProcessOptions = {},
): Promise<ReceiverProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'hikyaku-receiver-'));
  const journalPath = options.journalPath ?? join(folder, 'journal.jsonl');
  const child = await startChild(ENTRY, receiverArguments(options, folder, journalPath)).catch(
    (error: unknown) => {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    },
  );
  const ready = child.ready as ReadyLine;
  const call = <T>(method: string, path: string, body?: unknown) =>
    callControl<T>(ready.control, method, path, body);
  const triggers = async () =>
    (await call<{ triggers: ReceiverTriggerReport[] }>('GET', '/triggers')).triggers;
  return {
    pid: child.pid,
    control: `http://127.0.0.1:${ready.control}`,
    routes: ready.routes,
    ports: Object.fromEntries(ready.destinations.map((d) => [d.name, d.port])),
    journalPath,
    stats: async () =>
      (await call<{ destinations: ReceiverStats[] }>('GET', '/stats')).destinations,
    journal: () => readJournal(journalPath),
    accepted: () => readJournal(journalPath).filter((row) => row.event === 'accepted'),
    lastMessageTo: (recipient) =>
      call('GET', `/messages?recipient=${encodeURIComponent(recipient)}`),
    setManners: async (destination, manners) => {
      await call('PATCH', `/destinations/${destination}/manners`, manners);
    },
    trigger: async (trigger) => {
      const { id } = await call<ReceiverTriggerReport>('POST', '/triggers', trigger);
      return async () => {
        const report = (await triggers()).find((t) => t.id === id);
        if (!report) throw new Error(`The receiver knows no trigger ${id}.`);
        return report;
      };
    },
    triggers,
    stderr: child.stderr,
    stop: async () => {
      await child.stop();
      rmSync(folder, { recursive: true, force: true });
    },
    kill: child.kill,
  };
}

/** Reads a receiver's journal. A last line without its line break was cut by a kill and is left out. */
export function readJournal(path: string): ReceiverJournalRow[] {
  if (!existsSync(path)) return [];
  const text = readFileSync(path, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ReceiverJournalRow);
}

function receiverArguments(
  options: ReceiverProcessOptions,
  folder: string,
  journalPath: string,
): string[] {
  const args = ['--exit-with-stdin', '--journal', journalPath];
  let configPath = options.configPath;
  if (options.config !== undefined) {
    configPath = join(folder, 'config.json');
    writeFileSync(configPath, JSON.stringify(options.config));
  }
  if (configPath !== undefined) args.push('--config', configPath);
  if (options.journalSync !== undefined) args.push('--journal-sync', options.journalSync);
  if (options.journalEvents !== undefined) args.push('--journal-events', options.journalEvents);
  if (options.keepMessages !== undefined) args.push('--keep-messages', options.keepMessages);
  if (options.controlPort !== undefined) args.push('--control-port', String(options.controlPort));
  return args;
}

async function callControl<T>(
  port: number,
  method: string,
  path: string,
  body?: unknown,
): Promise<T> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as T;
  if (!response.ok) {
    throw new Error(`The receiver answered ${response.status}: ${JSON.stringify(answer)}`);
  }
  return answer;
}

export interface ReceiverProcessOptions {
  /** As in apps/receiver/README.md. Default: one fast destination for every domain. */
  config?: ReceiverConfig;
  configPath?: string;
  /** Default: a file in a folder that `stop()` removes. Give a path to start again on the same journal. */
  journalPath?: string;
  journalSync?: 'off' | 'batch';
  journalEvents?: 'all' | 'accepted';
  /** A folder; needed for `lastMessageTo`. */
  keepMessages?: string;
  controlPort?: number;
}

export interface ReceiverProcess {
  pid: number;
  /** Base URL of the control port. */
  control: string;
  /** Text of a routes file: `domain or * = host:port`. */
  routes: string;
  /** Destination name → port on 127.0.0.1. */
  ports: Record<string, number>;
  journalPath: string;
  stats(): Promise<ReceiverStats[]>;
  /** Every row so far, in the order written. */
  journal(): ReceiverJournalRow[];
  /** Only the rows of accepted recipients. */
  accepted(): ReceiverJournalRow[];
  lastMessageTo(recipient: string): Promise<ReceiverMessage>;
  /** Changes the named manners and leaves the others. */
  setManners(destination: string, manners: Record<string, unknown>): Promise<void>;
  /** Arms a trigger. The function it returns asks whether it struck: `(await report()).struck`. */
  trigger(trigger: ReceiverTrigger): Promise<() => Promise<ReceiverTriggerReport>>;
  triggers(): Promise<ReceiverTriggerReport[]>;
  stderr(): string;
  /** SIGTERM: sessions end, the journal is flushed; resolves when the process is gone. */
  stop(): Promise<void>;
  /** SIGKILL; the journal file stays. */
  kill(): Promise<void>;
}

export interface ReceiverConfig {
  destinations: {
    name: string;
    port?: number;
    domains: string[];
    manners?: Record<string, unknown>;
  }[];
}

export interface ReceiverStats {
  name: string;
  port: number;
  sessions: number;
  sessionsOpen: number;
  sessionsPeak: number;
  connectionsRefused: number;
  transactions: number;
  accepted: number;
  refused: number;
  deferred: number;
  bytes: number;
  flights: number;
}

/** One line; which fields are there depends on `event` (apps/receiver/src/journal-rows.ts). */
export interface ReceiverJournalRow {
  event: 'accepted' | 'refused' | 'dropped' | 'stalled';
  at: string;
  destination: string;
  session: string;
  transaction: number;
  source: string;
  recipient: string | null;
  mailFrom?: string;
  messageId?: string | null;
  bytes?: number;
  headerDeliveryId?: string | null;
  phase?: 'connect' | 'mail' | 'rcpt' | 'data' | 'dot';
  code?: number | null;
  reply?: string | null;
}

export interface ReceiverMessage {
  at: string;
  destination: string;
  session: string;
  transaction: number;
  recipient: string;
  file: string;
  /** Header and body as received, dots unstuffed. */
  content: string;
}

export interface ReceiverTrigger {
  when:
    | 'connect'
    | 'mail'
    | 'rcpt'
    | 'data'
    | 'content-bytes'
    | 'dot-received'
    | 'before-reply'
    | 'after-reply';
  destination?: string;
  recipient?: string;
  /** Strikes at the n-th match. */
  nth?: number;
  times?: number;
  /** With 'content-bytes' only. */
  bytes?: number;
  action:
    | { do: 'kill'; pid: number }
    | { do: 'reset' }
    | { do: 'stall' }
    | { do: 'hook'; url: string };
}

export type ReceiverTriggerReport = ReceiverTrigger & {
  id: number;
  matched: number;
  struck: number;
  struckAt: string | null;
  session: string | null;
};

interface ReadyLine {
  control: number;
  routes: string;
  destinations: { name: string; port: number; domains: string[] }[];
}
