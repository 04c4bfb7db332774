/**
 * One simulated TCP connection: two streams of bytes that arrive late, in pieces cut anywhere, and in order; and the ways
 * in which a connection dies. Bytes are latin1 text here. What has left a process that dies still arrives.
 */
import type { Random } from '../random.ts';
import type { Timeline } from '../time/timeline.ts';

export class Line {
  readonly #timeline: Timeline;
  readonly #random: Random;
  readonly #manners: LineManners;
  readonly #client: ClientEnd;
  readonly #server: ServerEnd;
  readonly #up = new Stream();
  readonly #down = new Stream();
  #doom: Doom | undefined;
  #isDoomed = false;
  #isClientGone = false;
  #isServerGone = false;

  constructor(
    timeline: Timeline,
    random: Random,
    manners: LineManners,
    client: ClientEnd,
    server: ServerEnd,
  ) {
    this.#timeline = timeline;
    this.#random = random;
    this.#manners = manners;
    this.#client = client;
    this.#server = server;
  }

  /** How this connection will die, if nothing else ends it before. */
  set doom(doom: Doom) {
    this.#doom = doom;
  }

  get hasDoom(): boolean {
    return this.#doom !== undefined;
  }

  get isOver(): boolean {
    return this.#isClientGone && this.#isServerGone;
  }

  /** The client hands a flight to its kernel. */
  clientWrites(text: string): void {
    if (this.#isClientGone || this.#isDoomed) return;
    this.#send(this.#up, text, undefined, (part) => {
      if (!this.#isServerGone) this.#server.received(part);
    });
  }

  /** `onRead` runs when the last byte is handed to the client's process. */
  serverWrites(text: string, onRead?: () => void): void {
    if (this.#isServerGone || this.#isDoomed) return;
    this.#send(this.#down, text, onRead, (part, readAtEnd) => {
      if (!this.#isClientGone) this.#client.received(part, readAtEnd);
    });
  }

  /** The client's socket is closed, by itself or by the end of its process; what it wrote before still arrives. */
  clientCloses(): void {
    if (this.#isClientGone) return;
    this.#isClientGone = true;
    if (this.#isDoomed) return;
    this.#arrive(this.#up, () => this.#serverLost());
  }

  /** FIN behind what was written. */
  serverCloses(): void {
    if (this.#isServerGone) return;
    this.#isServerGone = true;
    this.#server.lost();
    if (this.#isDoomed) return;
    this.#arrive(this.#down, () => this.#clientLost('eof'));
  }

  /** RST: what waits on the way to the client is lost with it. */
  serverResets(): void {
    if (this.#isServerGone) return;
    this.#isServerGone = true;
    this.#server.lost();
    if (this.#isDoomed) return;
    this.#isDoomed = true;
    this.#timeline.after(this.#latency(), () => this.#clientLost('reset'));
  }

  // ── Arriving ────────────────────────────────────────────────────────────────────────────────────────────────────────

  #send(
    stream: Stream,
    text: string,
    onRead: (() => void) | undefined,
    hand: (part: string, onRead: (() => void) | undefined) => void,
  ): void {
    const cut = this.#doomAt(stream, text);
    const passed = cut === undefined ? text : text.slice(0, cut);
    let from = 0;
    for (const to of this.#cuts(passed.length)) {
      const part = passed.slice(from, to);
      const isLast = to === passed.length && passed.length === text.length;
      from = to;
      this.#arrive(stream, () => {
        if (!this.#isDoomed || stream.isPassingDoom) hand(part, isLast ? onRead : undefined);
      });
    }
    stream.bytes += text.length;
    if (cut !== undefined) this.#strike(stream);
  }

  /** Where the flight is cut into segments, its end included. */
  #cuts(length: number): number[] {
    if (length === 0) return [];
    const cuts = [length];
    if (this.#random.chance(this.#manners.cutShare))
      for (let i = this.#random.between(1, 3); i > 0; i--)
        cuts.push(1 + this.#random.below(length));
    return cuts.sort((a, b) => a - b).filter((cut, i) => cut !== cuts[i - 1]);
  }

  #arrive(stream: Stream, run: () => void): void {
    const atMs = Math.max(this.#timeline.nowMs + this.#latency(), stream.lastMs);
    stream.lastMs = atMs;
    this.#timeline.at(atMs, run);
  }

  #latency(): number {
    const { latencyMs, jitterMs } = this.#manners;
    return latencyMs + this.#random.next() * jitterMs;
  }

  // ── Dying ───────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** How many bytes of `text` still pass, where the doom lies in it. */
  #doomAt(stream: Stream, text: string): number | undefined {
    const doom = this.#doom;
    if (doom === undefined || this.#isDoomed) return undefined;
    if ((doom.direction === 'up') !== (stream === this.#up)) return undefined;
    if (typeof doom.at === 'number') {
      const left = doom.at - stream.bytes;
      return left >= 0 && left < text.length ? left : undefined;
    }
    return doom.at(text);
  }

  #strike(stream: Stream): void {
    const doom = this.#doom as Doom;
    this.#isDoomed = true;
    // What passed before the cut arrives; nothing else does, in either direction.
    stream.isPassingDoom = true;
    doom.onStruck();
    if (doom.kind === 'half-open') return;
    const isReset = doom.kind === 'reset';
    this.#arrive(this.#up, () => this.#serverLost());
    this.#arrive(stream, () => this.#clientLost(isReset ? 'reset' : 'eof'));
  }

  #serverLost(): void {
    if (this.#isServerGone) return;
    this.#isServerGone = true;
    this.#server.lost();
  }

  #clientLost(how: 'eof' | 'reset'): void {
    if (!this.#isClientGone) this.#client.lost(how);
  }
}

class Stream {
  bytes = 0;
  lastMs = 0;
  isPassingDoom = false;
}

export type LineManners = {
  latencyMs: number;
  jitterMs: number;
  /** Share of flights that arrive in several segments. */
  cutShare: number;
};

/** `at`: a byte of the direction's stream, or where in a flight it is (undefined: not in this one). */
export type Doom = {
  direction: 'up' | 'down';
  at: number | ((flight: string) => number | undefined);
  kind: 'reset' | 'eof' | 'half-open';
  onStruck: () => void;
};

export type ClientEnd = {
  received(text: string, onRead: (() => void) | undefined): void;
  lost(how: 'eof' | 'reset'): void;
};

export type ServerEnd = { received(text: string): void; lost(): void };
