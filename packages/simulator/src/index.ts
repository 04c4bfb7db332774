/** The simulator: the real core, host, SMTP session and classifier in a simulated world. Pure but for its command line. */
export { type RunOptions, type RunResult, runPlan } from './run.ts';
export { randomPlan } from './world/random-plan.ts';
