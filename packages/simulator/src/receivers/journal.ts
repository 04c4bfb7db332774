/**
 * What the receivers took, written before they answer: the oracle of every run. Keyed by the recipient's row, which the
 * simulated addresses carry.
 */

export class Journal {
  /** Copies of each row. */
  readonly copies = new Map<string, number>();
  /** Times that a row was named in a RCPT, for manners that depend on it. */
  readonly tries = new Map<string, number>();
  readonly firstTryMs = new Map<string, number>();
  accepted = 0;

  accept(rowId: string): number {
    const copies = (this.copies.get(rowId) ?? 0) + 1;
    this.copies.set(rowId, copies);
    this.accepted += 1;
    return copies;
  }

  named(rowId: string, nowMs: number): number {
    const tries = (this.tries.get(rowId) ?? 0) + 1;
    this.tries.set(rowId, tries);
    if (tries === 1) this.firstTryMs.set(rowId, nowMs);
    return tries;
  }
}

/** `r17@docomo.test` → `17`. */
export function rowIdOf(address: string): string {
  return address.slice(1, address.indexOf('@'));
}
