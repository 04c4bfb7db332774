/** Many seeds: progress, what they exercised, and each failing seed with the line that replays it. */
import { execFileSync } from 'node:child_process';
import { FAULTS } from '../faults/index.ts';
import { Coverage } from '../watch/coverage.ts';
import { INVARIANTS } from '../watch/findings.ts';
import { LEGAL_MOVES } from '../watch/row-checks.ts';
import type { Options } from './options.ts';
import { type Answer, performAll } from './pool.ts';

/** True when nothing was violated. The last line is `{"seeds","steps","violations"}`. */
export async function runSeeds({ seeds, seed, isJson, signal }: Options): Promise<boolean> {
  const coverage = new Coverage();
  const tasks = Array.from({ length: seeds }, (_, i) => ({ seed: seed + i }));
  const total = { seeds: 0, steps: 0, violations: 0 };
  let struckMin = Number.POSITIVE_INFINITY;
  const beganMs = performance.now();
  const take = (answer: Answer) => {
    total.seeds += 1;
    if (answer.kind === 'ran') {
      total.steps += answer.steps;
      total.violations += answer.violations.length;
      struckMin = Math.min(struckMin, answer.struck);
      coverage.add(answer.coverage);
    } else total.violations += 1;
    const isBad = answer.kind !== 'ran' || answer.violations.length > 0;
    if (isBad) console.error(failureText(answer));
    if (!isJson && (isBad || total.seeds % 10 === 0 || total.seeds === seeds))
      console.error(progressText(total, seeds, beganMs));
  };
  await performAll(tasks, take, signal);
  if (!isJson) console.log(coverageText(coverage, struckMin));
  else console.log(JSON.stringify({ coverage: coverage.toPlain(), struckMin }));
  console.log(JSON.stringify(total));
  return total.violations === 0 && total.seeds > 0;
}

function failureText(answer: Answer): string {
  const lines = [`seed ${answer.seed} FAILED at commit ${commit()}`];
  if (answer.kind === 'threw') lines.push(`  ${answer.message}`);
  if (answer.kind === 'ran') {
    if (answer.problem !== undefined) lines.push(`  ${answer.problem}`);
    for (const { invariant, what } of answer.violations.slice(0, 5))
      lines.push(`  ${invariant}: ${what}`);
  }
  lines.push(`  replay it: npm run sim -- --trace --seed ${answer.seed}`);
  return lines.join('\n');
}

function progressText(total: { seeds: number; violations: number }, of: number, beganMs: number) {
  const seconds = Math.round((performance.now() - beganMs) / 1000);
  return `${total.seeds} of ${of} seeds in ${seconds} s, violations: ${total.violations}`;
}

/** Counts by name; what was never there is shown loudly. */
function coverageText(coverage: Coverage, struckMin: number): string {
  const { faults, transitions, checks, manners } = coverage;
  return [
    section('Faults struck', [...FAULTS.keys()], faults),
    section('Moves of rows', LEGAL_MOVES, transitions),
    section('Invariants, times checked', INVARIANTS, checks),
    section('Manners met', [...manners.keys()], manners),
    `least faults struck in a seed: ${struckMin}`,
  ].join('\n\n');
}

function section(title: string, names: readonly string[], counts: Map<string, number>): string {
  const lines = [...names].sort().map((name) => {
    const count = counts.get(name) ?? 0;
    return `  ${String(count).padStart(10)}  ${name}${count === 0 ? '   <<<<<< NEVER' : ''}`;
  });
  return [title, ...lines].join('\n');
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}
