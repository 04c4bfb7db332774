/** One receiver with one destination in this process, its journal in a folder that goes with the test. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JournalRow, Receiver, ReceiverOptions } from '../src/index.ts';
import { startReceiver } from '../src/index.ts';

export async function startFixture(
  manners: Record<string, unknown> = {},
  options: ReceiverOptions = {},
): Promise<Fixture> {
  const folder = mkdtempSync(join(tmpdir(), 'receiver-test-'));
  const journalPath = join(folder, 'journal.jsonl');
  const receiver = await startReceiver({
    config: { destinations: [{ name: 'one', domains: ['*'], manners }] },
    journalPath,
    journalSync: 'off',
    ...options,
  });
  const control = `http://127.0.0.1:${receiver.controlPort}`;
  return {
    receiver,
    folder,
    port: receiver.destinations[0]?.port ?? 0,
    control,
    call: async (method, path, body) => {
      const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
      const response = await fetch(`${control}${path}`, init);
      return { status: response.status, body: await response.json() };
    },
    rows: () => readRows(journalPath),
    stats: () => {
      const [stats] = receiver.stats();
      if (!stats) throw new Error('no destination');
      return stats;
    },
    stop: async () => {
      await receiver.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function readRows(path: string): JournalRow[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as JournalRow);
}

export interface Fixture {
  receiver: Receiver;
  folder: string;
  port: number;
  control: string;
  // biome-ignore lint/suspicious/noExplicitAny: the tests look at JSON of many shapes
  call(method: string, path: string, body?: unknown): Promise<{ status: number; body: any }>;
  rows(): JournalRow[];
  stats(): ReturnType<Receiver['stats']>[number];
  stop(): Promise<void>;
}
