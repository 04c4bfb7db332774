/**
 * Ends the processes that this one began when this one dies, whatever kills it (kill -9 included).
 * One small detached process holds the end of a pipe: when the pipe closes, it ends what was told to it,
 * lower order first, so that Postgres outlives the programs that write to it.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

let guard;

/**
 * Registers a process. `target` is a pid, or a negative pid for a whole process group.
 * Returns a function that takes it off the list (call it once the process has gone).
 */
export function guardProcess(target, { signal = 'SIGTERM', order = 0 } = {}) {
  write(['+', target, signal, order].join(' '));
  return () => write(`- ${target}`);
}

/** Has a temporary folder removed after everything has ended; returns a function that forgets it. */
export function guardFolder(path) {
  write(`~ ${path}`);
  return () => write(`! ${path}`);
}

/** The process that keeps guard, once there is something to guard. */
export function guardPid() {
  return guard?.pid;
}

function write(line) {
  if (!guard || guard.exitCode !== null) {
    guard = spawn(
      process.execPath,
      [fileURLToPath(new URL('./process-guard-main.mjs', import.meta.url))],
      { detached: true, stdio: ['pipe', 'ignore', 'ignore'], cwd: '/', env: {} },
    );
    guard.on('error', () => {});
    guard.stdin.on('error', () => {});
    guard.stdin.unref?.();
    guard.unref();
  }
  guard.stdin.write(`${line}\n`);
}
