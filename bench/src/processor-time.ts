/**
 * Processor time of processes as the kernel counts it (/proc): what a message costs, and whom. Unlike a rate it hardly
 * depends on what else runs on the machine. Linux only.
 */
import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks per second in /proc; 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Processor seconds so far of each named process, with its children, those that ended included. */
export function processorSeconds(pids: Readonly<Record<string, number>>): Record<string, number> {
  const processes = readProcesses();
  const ticksOf = (pid: number): number => {
    let ticks = processes.get(pid)?.ticks ?? 0;
    for (const [child, { parent }] of processes) if (parent === pid) ticks += ticksOf(child);
    return ticks;
  };
  return Object.fromEntries(
    Object.entries(pids).map(([name, pid]) => [name, ticksOf(pid) / TICKS_PER_SECOND]),
  );
}

/** Microseconds per message between two readings, in words. */
export function costOf(
  before: Record<string, number>,
  after: Record<string, number>,
  messages: number,
): string {
  return Object.keys(before)
    .map((name) => {
      const seconds = (after[name] ?? 0) - (before[name] ?? 0);
      return `${name} ${Math.round((seconds * 1e6) / messages)}`;
    })
    .join(', ');
}

function readProcesses(): Map<number, { parent: number; ticks: number }> {
  const processes = new Map<number, { parent: number; ticks: number }>();
  for (const name of safely(() => readdirSync('/proc')) ?? []) {
    const stat = /^\d+$/.test(name) && safely(() => readFileSync(`/proc/${name}/stat`, 'utf8'));
    if (!stat) continue;
    // Behind the name in brackets: state, parent, …; user and system time, its own and of ended children, are 12 to 15.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    processes.set(Number(name), { parent: Number(fields[1]), ticks });
  }
  return processes;
}

/** Processes end while they are being looked at, and other systems have no /proc. */
function safely<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
