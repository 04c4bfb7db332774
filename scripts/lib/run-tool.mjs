/** Runs a program to its end and collects what it says. */
import { spawn } from 'node:child_process';
import { guardProcess } from '../../packages/testkit/src/process-guard.mjs';
import { root, toolEnvironment } from './project.mjs';

const running = new Set();

/**
 * `{ code, output }`, never throws: a program that cannot be started has code 127 and the reason as output.
 * `onLine` sees the output as it comes.
 */
export function runTool(file, args, { env = {}, cwd = root, onData, stdio } = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd,
      env: toolEnvironment(env),
      stdio: stdio ?? ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that what a tool starts can be ended with it.
      detached: true,
    });
    const release = child.pid ? guardProcess(-child.pid, { signal: 'SIGTERM' }) : () => {};
    const entry = { pid: child.pid };
    running.add(entry);
    const settle = (result) => {
      running.delete(entry);
      release();
      resolve(result);
    };
    let output = '';
    const take = (data) => {
      output += data;
      onData?.(String(data));
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    child.on('error', (error) => settle({ code: 127, output: `${file}: ${error.message}` }));
    child.on('close', (code, signal) => settle({ code: code ?? 1, signal, output }));
  });
}

/** Ends the tools that run now, with what they started. Their callers see a failure. */
export function endTools() {
  for (const { pid } of running) {
    try {
      process.kill(-pid, 'SIGTERM');
    } catch {
      // It has just ended by itself.
    }
  }
}

/** Runs `work` over all items, at most `width` at once, and keeps their order. */
export async function eachOf(items, width, work) {
  const results = [];
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index]);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
}
