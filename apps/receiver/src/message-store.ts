/**
 * Keeps the content of accepted messages as .eml files, so that a person or a test can read what a recipient got and
 * follow its links. Written before the journal line, so that a journaled message can be read.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Message } from './message.ts';

export interface KeptMessage {
  at: string;
  destination: string;
  session: string;
  transaction: number;
  recipient: string;
  /** File name inside the folder. */
  file: string;
}

export class MessageStore {
  readonly #folder: string;
  readonly #index: string;
  readonly #last = new Map<string, KeptMessage>();

  /** Opens a folder, with what an earlier run kept in it. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#index = join(folder, 'index.jsonl');
    mkdirSync(folder, { recursive: true });
    if (!existsSync(this.#index)) return;
    for (const line of readFileSync(this.#index, 'utf8').split('\n')) {
      const kept = parseLine(line);
      if (kept) this.#last.set(kept.recipient.toLowerCase(), kept);
    }
  }

  keep(destination: string, session: string, message: Message): void {
    const { transaction } = message;
    const file = `${destination}-${session}-${transaction}.eml`;
    writeFileSync(join(this.#folder, file), message.content());
    const at = new Date().toISOString();
    let lines = '';
    for (const recipient of message.recipients) {
      const kept = { at, destination, session, transaction, recipient, file };
      this.#last.set(recipient.toLowerCase(), kept);
      lines += `${JSON.stringify(kept)}\n`;
    }
    appendFileSync(this.#index, lines);
  }

  /** The last message that this address accepted, with its content. */
  lastTo(recipient: string): (KeptMessage & { content: string }) | null {
    const kept = this.#last.get(recipient.toLowerCase());
    if (!kept) return null;
    return { ...kept, content: readFileSync(join(this.#folder, kept.file), 'utf8') };
  }
}

/** A line cut by a kill is no line. */
function parseLine(line: string): KeptMessage | null {
  try {
    return line === '' ? null : (JSON.parse(line) as KeptMessage);
  } catch {
    return null;
  }
}
