/**
 * The process behind process-guard.mjs: reads what to end from stdin, and ends it when stdin closes.
 * Lines: `+ target signal order`, `- target`, `~ folder`, `! folder`.
 */
import { readFileSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const GRACE_MS = 8_000;
const targets = new Map();
const folders = new Set();

// The terminal's Ctrl-C is the parent's business; this process only obeys the pipe.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

for await (const line of createInterface({ input: process.stdin })) {
  const [verb, rest] = [line[0], line.slice(2)];
  if (verb === '~') folders.add(rest);
  if (verb === '!') folders.delete(rest);
  if (verb === '-') targets.delete(Number(rest));
  if (verb === '+') {
    const [target, signal, order] = rest.split(' ');
    targets.set(Number(target), { signal, order: Number(order), born: startTime(Number(target)) });
  }
}

const orders = [...new Set([...targets.values()].map((t) => t.order))].sort((a, b) => a - b);
for (const order of orders) {
  const group = [...targets].filter(([target, t]) => t.order === order && isSame(target, t.born));
  for (const [target, { signal }] of group) send(target, signal);
  const deadline = Date.now() + GRACE_MS;
  while (Date.now() < deadline && group.some(([target]) => send(target, 0))) await sleep(50);
  for (const [target] of group) send(target, 'SIGKILL');
}
for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });

function send(target, signal) {
  try {
    process.kill(target, signal);
    return true;
  } catch {
    return false;
  }
}

/** Linux only; elsewhere undefined. Tells a process from a later one that got the same number. */
function startTime(target) {
  try {
    const stat = readFileSync(`/proc/${Math.abs(target)}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function isSame(target, born) {
  const now = startTime(target);
  return born === undefined || now === undefined || now === born;
}
