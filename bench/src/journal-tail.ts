/** The receiver's journal, read on from where it was last read: how often each person's mail was accepted since. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { numberOf } from './people.ts';

/** `copies[n]`: accepted messages of person n. */
export interface Accepted {
  readonly count: number;
  readonly copies: Uint8Array;
}

export class JournalTail {
  readonly #path: string;
  #offset = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Leaves out what is there already. */
  async skip(): Promise<void> {
    this.#offset = (await stat(this.#path)).size;
  }

  /** `people`: one more than the highest number. Call it when nothing is being sent: a half line would be lost. */
  async read(people: number): Promise<Accepted> {
    const { size } = await stat(this.#path);
    const copies = new Uint8Array(people);
    let count = 0;
    if (size > this.#offset) {
      const input = createReadStream(this.#path, { start: this.#offset, end: size - 1 });
      for await (const line of createInterface({ input })) {
        const row = JSON.parse(line) as { event: string; recipient: string };
        if (row.event !== 'accepted') continue;
        count += 1;
        const number = numberOf(row.recipient);
        copies[number] = (copies[number] ?? 0) + 1;
      }
    }
    this.#offset = size;
    return { count, copies };
  }
}
