/** Where invariants report: what was checked and what was broken. Every check counts, so that one that never had anything to look at is seen. */
import { bump, Coverage } from './coverage.ts';
import type { Trace } from './trace.ts';

export class Findings {
  readonly coverage = new Coverage();
  readonly violations: Violation[] = [];
  readonly #trace: Trace;
  readonly #nowMs: () => number;

  constructor(trace: Trace, nowMs: () => number) {
    this.#trace = trace;
    this.#nowMs = nowMs;
  }

  /** `holds` false breaks the invariant; `what` is made only then. */
  check(invariant: Invariant, holds: boolean, what: () => string): void {
    bump(this.coverage.checks, invariant);
    if (holds) return;
    const violation = { invariant, what: what(), atMs: this.#nowMs() };
    this.#trace.note('VIOLATION', invariant, violation.what);
    if (this.violations.length < VIOLATIONS_KEPT) this.violations.push(violation);
  }
}

const VIOLATIONS_KEPT = 50;

/** Named as reports show them; each is explained where it is checked. */
export const INVARIANTS = [
  'fence-before-dot',
  'completed-once',
  'one-copy',
  'fence-is-allowed',
  'lease-at-dot',
  'one-owner',
  'session-cap',
  'session-cap-shared',
  'window-at-mail',
  'window-at-fence',
  'window-at-dot',
  'not-before-time',
  'expires-in-time',
  'unfence-is-safe',
  'unknown-stays',
  'transition-is-legal',
  'sums',
  'one-event-per-attempt',
  'log-is-journal',
  'unknown-is-bounded',
  'reaped-in-full',
  'log-before-next',
  'no-tenant-starves',
  'done-is-done',
  'campaign-completes',
] as const;

export type Invariant = (typeof INVARIANTS)[number];
export type Violation = { invariant: Invariant; what: string; atMs: number };
