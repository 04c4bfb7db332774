/**
 * A program that the start script keeps running: its own process group, a log file, and an end with ours.
 * The terminal's Ctrl-C does not reach it; `stop` does, so that the order of ending is ours to choose.
 */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { guardProcess } from '../../../packages/testkit/src/process-guard.mjs';
import { root } from '../project.mjs';

const LOG_MAX_BYTES = 20_000_000;

/**
 * Starts `file args`. Returns `{ name, pid, isGone, ended, stop(waitMs), kill(), tail() }`, where `ended` resolves
 * with `{ code, signal }`; `track` gets it at once, so that it is ended even if it never becomes ready.
 */
export function startChild({ name, file, args, env, home, track, cwd = root }) {
  const logFile = join(home, 'logs', `${name}.log`);
  if (existsSync(logFile) && statSync(logFile).size > LOG_MAX_BYTES) {
    renameSync(logFile, `${logFile}.1`);
  }
  const output = openSync(logFile, 'a', 0o600);
  const begin = statSync(logFile).size;
  // stdin stays open as long as we live: programs that watch it notice our end, too.
  const stdio = ['pipe', output, output];
  const started = spawn(file, args, { cwd, env, stdio, detached: true });
  closeSync(output);
  started.stdin.on('error', () => {});
  const release = started.pid ? guardProcess(-started.pid, { signal: 'SIGTERM' }) : () => {};
  const child = {
    name,
    pid: started.pid,
    logFile,
    isGone: false,
    isWanted: true,
    ended: new Promise((settle) => {
      const finish = (code, signal, error) => {
        child.isGone = true;
        release();
        settle({ code, signal, error });
      };
      started.once('exit', (code, signal) => finish(code, signal));
      started.once('error', (error) => finish(undefined, undefined, error.message));
    }),
    tail: (lines = 15) =>
      readFileSync(logFile).subarray(begin).toString().trim().split('\n').slice(-lines).join('\n'),
    kill: () => signal(started.pid, 'SIGKILL'),
    stop: async (waitMs) => {
      child.isWanted = false;
      if (!child.isGone) signal(started.pid, 'SIGTERM');
      const timeout = new AbortController();
      const late = sleep(waitMs, undefined, { signal: timeout.signal }).catch(() => {});
      await Promise.race([child.ended, late]);
      timeout.abort();
      // Also what the program itself left behind in its group.
      signal(started.pid, 'SIGKILL');
      await child.ended;
    },
  };
  track(child);
  return child;
}

/** Polls `probe` until it gives something; throws NOT_READY with the child's last words. */
export async function untilReady(child, probe, timeoutMs) {
  const deadline = Date.now() + timeoutMs;
  while (!child.isGone && Date.now() < deadline) {
    const found = await Promise.resolve()
      .then(probe)
      .catch(() => undefined);
    if (found) return found;
    await sleep(100);
  }
  const { code, signal: by, error } = child.isGone ? await child.ended : {};
  const how = child.isGone
    ? `ended at once (${error ?? by ?? `exit code ${code}`})`
    : `did not answer within ${timeoutMs / 1000} s`;
  const message = `The ${child.name} ${how}. Its log, ${child.logFile}, ends:\n${child.tail()}`;
  throw Object.assign(new Error(message), { code: 'NOT_READY' });
}

/** Whether an HTTP address answers with success. */
export async function answers(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000), redirect: 'manual' });
  await response.arrayBuffer();
  return response.status < 400;
}

function signal(pid, name) {
  if (!pid) return;
  try {
    process.kill(-pid, name);
  } catch {
    // The group has ended.
  }
}
