/**
 * Runs one seed to its end: event by event, with all promises of the workers settled in between, so that the same seed
 * gives the same trace.
 */
import { FaultHand } from './faults/index.ts';
import type { Bug } from './mutants/mutant.ts';
import type { PlainCoverage } from './watch/coverage.ts';
import type { Violation } from './watch/findings.ts';
import type { Plan } from './world/plan.ts';
import { World } from './world/world.ts';

/**
 * @param drain resolves when every promise that can be settled is; what a turn of the event loop does
 */
export async function runPlan(
  plan: Plan,
  drain: () => Promise<void>,
  options: RunOptions = {},
): Promise<RunResult> {
  const world = new World(plan, options);
  const { timeline, watch } = world;
  const hand = new FaultHand(world);
  const maxSteps = options.maxSteps ?? 5_000_000;
  let problem: string | undefined;
  while (!world.isOver) {
    if (!timeline.step()) problem = 'nothing is planned any more';
    if (world.hasRun) {
      world.hasRun = false;
      await drain();
    }
    hand.tend();
    options.tend?.(world);
    if (timeline.nowMs > plan.limitMs) problem = 'it took too long';
    if (timeline.steps > maxSteps) problem = 'too many events';
    const isKilled = options.stopAtViolation && watch.findings.violations.length > 0;
    if (problem !== undefined || isKilled || options.isStopped?.()) break;
  }
  if (!options.stopAtViolation || watch.findings.violations.length === 0) watch.rows.checkAll();
  const { coverage, violations } = watch.findings;
  return {
    seed: plan.seed,
    steps: timeline.steps,
    tookMs: timeline.nowMs - plan.startMs,
    hash: watch.trace.hash,
    problem,
    violations,
    coverage: coverage.toPlain(),
    struck: [...coverage.faults.values()].reduce((sum, count) => sum + count, 0),
    world,
  };
}

export type RunOptions = {
  bug?: Bug;
  print?: (line: string) => void;
  /** The first violation ends the run. */
  stopAtViolation?: boolean;
  maxSteps?: number;
  isStopped?: () => boolean;
  /** Called after every event. */
  tend?: (world: World) => void;
};

export type RunResult = {
  seed: number;
  steps: number;
  /** Simulated. */
  tookMs: number;
  hash: string;
  problem: string | undefined;
  violations: readonly Violation[];
  coverage: PlainCoverage;
  struck: number;
  world: World;
};
