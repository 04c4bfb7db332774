/** What a run exercised: faults struck, transitions taken, invariants that had something to check. Adds up over runs. */

export class Coverage {
  readonly faults = new Map<string, number>();
  readonly transitions = new Map<string, number>();
  readonly checks = new Map<string, number>();
  readonly manners = new Map<string, number>();

  add(other: PlainCoverage): void {
    for (const part of PARTS)
      for (const [name, count] of Object.entries(other[part])) bump(this[part], name, count);
  }

  toPlain(): PlainCoverage {
    const plain = {} as PlainCoverage;
    for (const part of PARTS) plain[part] = Object.fromEntries(this[part]);
    return plain;
  }
}

export function bump(counts: Map<string, number>, name: string, by = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

const PARTS = ['faults', 'transitions', 'checks', 'manners'] as const;

export type PlainCoverage = Record<(typeof PARTS)[number], Record<string, number>>;
