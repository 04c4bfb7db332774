/** Threads over the cores of the machine, each with one task at a time. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { PlainCoverage } from '../watch/coverage.ts';
import type { Violation } from '../watch/findings.ts';

/** Performs all tasks; resolves when they are done, or `signal` has been given. */
export async function performAll(
  tasks: readonly Task[],
  onAnswer: (answer: Answer) => void,
  signal: AbortSignal,
): Promise<void> {
  let next = 0;
  const thread = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL('./thread.ts', import.meta.url));
      const end = () => {
        signal.removeEventListener('abort', end);
        void worker.terminate().then(() => resolve());
      };
      const give = () => {
        const task = tasks[next++];
        if (task === undefined || signal.aborted) end();
        else worker.postMessage(task);
      };
      signal.addEventListener('abort', end);
      worker.on('message', (answer: Answer) => {
        if (signal.aborted) return;
        onAnswer(answer);
        give();
      });
      worker.on('error', reject);
      give();
    });
  const threads = Math.min(tasks.length, availableParallelism());
  await Promise.all(Array.from({ length: threads }, thread));
}

export type Task = { seed: number; mutant?: string };
export type Answer =
  | {
      kind: 'ran';
      seed: number;
      steps: number;
      violations: readonly Violation[];
      coverage: PlainCoverage;
      hash: string;
      problem: string | undefined;
      struck: number;
    }
  | { kind: 'threw'; seed: number; message: string }
  | { kind: 'hunted'; seed: number; mutant: string; killedBy: string | undefined; steps: number };
