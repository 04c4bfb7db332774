/** Starts one of our TypeScript entries as a child of this process, and waits for its one JSON line. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { guardProcess } from './process-guard.mjs';

const STDERR_MAX_LENGTH = 20_000;

/**
 * The child's stdin is a pipe that this process holds: a child started with a flag to end with stdin does not outlive
 * a test run that was killed. Rejects when the child ends, or says nothing for `timeoutMs`.
 */
export async function startChild(
  entry: string,
  args: readonly string[],
  { timeoutMs = 60_000, env }: { timeoutMs?: number; env?: Record<string, string> } = {},
): Promise<Child> {
  const child = spawn(process.execPath, [entry, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(env && { env: { ...process.env, ...env } }),
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-STDERR_MAX_LENGTH);
  });
  // A test run that is killed takes its children along, stopped ones included.
  const release =
    child.pid === undefined ? undefined : guardProcess(child.pid, { signal: 'SIGKILL' });
  const exited = new Promise<void>((resolve) => {
    const gone = () => {
      release?.();
      resolve();
    };
    child.once('exit', gone);
    child.once('error', gone);
  });
  const firstLine = await new Promise<string>((resolve, reject) => {
    const fail = (what: string) => {
      child.kill('SIGKILL');
      reject(new Error(`${entry} ${what}. It said:\n${stderr}`));
    };
    const timer = setTimeout(() => fail(`was not ready within ${timeoutMs} ms`), timeoutMs);
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      // Log lines may come before and after; only the one that says ready counts.
      stdout = (stdout + text).slice(-STDERR_MAX_LENGTH);
      const line = stdout.split('\n').find((one) => one.includes('"ready":true'));
      if (line === undefined || !line.endsWith('}')) return;
      clearTimeout(timer);
      resolve(line);
    });
    void exited.then(() => {
      clearTimeout(timer);
      fail(`ended before it was ready (exit code ${child.exitCode})`);
    });
  });
  return {
    pid: child.pid as number,
    ready: JSON.parse(firstLine) as unknown,
    stderr: () => stderr,
    stop: async (waitMs = 10_000) => {
      child.kill('SIGTERM');
      await exitWithin(child, exited, waitMs);
      return child.exitCode;
    },
    signal: (name) => child.kill(name),
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

async function exitWithin(
  child: ChildProcess,
  exited: Promise<void>,
  waitMs: number,
): Promise<void> {
  const timer = setTimeout(() => child.kill('SIGKILL'), waitMs);
  await exited;
  clearTimeout(timer);
}

export interface Child {
  pid: number;
  /** What its first line said. */
  ready: unknown;
  /** The last of what it wrote to stderr. */
  stderr(): string;
  /** SIGTERM, then SIGKILL after `waitMs` (10 s); resolves with the exit code when it is gone, null for a signal. */
  stop(waitMs?: number): Promise<number | null>;
  signal(name: NodeJS.Signals): void;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}
