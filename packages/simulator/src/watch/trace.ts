/**
 * What happened, line by line. Every line goes into a hash, so that two runs of a seed can be compared; the lines
 * themselves are kept only where somebody wants to read them.
 */
import type { Timeline } from '../time/timeline.ts';

export class Trace {
  readonly #timeline: Timeline;
  readonly #print: ((line: string) => void) | undefined;
  #hash = 0x811c9dc5;

  constructor(timeline: Timeline, print?: (line: string) => void) {
    this.#timeline = timeline;
    this.#print = print;
  }

  note(what: string, who: string, detail: string | number = ''): void {
    this.#mix(what);
    this.#mix(who);
    if (typeof detail === 'string') this.#mix(detail);
    else this.#hash = Math.imul(this.#hash ^ detail, 0x01000193);
    this.#hash = Math.imul(this.#hash ^ (this.#timeline.nowMs % 0x7fffffff), 0x01000193);
    if (this.#print === undefined) return;
    const at = new Date(this.#timeline.nowMs).toISOString().slice(5, 23).replace('T', ' ');
    this.#print(`${at}  ${who.padEnd(10)} ${what.padEnd(18)} ${detail}`);
  }

  get hash(): string {
    return (this.#hash >>> 0).toString(16).padStart(8, '0');
  }

  #mix(text: string): void {
    let hash = this.#hash;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    this.#hash = hash;
  }
}
