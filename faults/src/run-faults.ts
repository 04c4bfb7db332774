/** Runs faults one after the other, each on a stage of its own, and says of each in one line what was checked. */
import { hasRedis } from '@hikyaku/testkit/redis-server';
import type { Fault, QueueBackend } from './fault.ts';
import { NotStruck } from './fault.ts';
import { checkInvariants, type Verdict } from './invariants.ts';
import { Stage } from './stage.ts';
import { openWorld, type World } from './world.ts';

export interface Summary {
  faults: number;
  skipped: number;
  lost: number;
  duplicates: number;
  unknownBeyondBound: number;
  logMismatches: number;
}

/** `isGood`: every fault struck, its expectation held, and so did I1–I7. */
export async function runFaults(
  faults: readonly Fault[],
  say: (line: string) => void,
): Promise<{ summary: Summary; isGood: boolean }> {
  const summary: Summary = {
    ...{ faults: 0, skipped: 0, lost: 0, duplicates: 0 },
    ...{ unknownBeyondBound: 0, logMismatches: 0 },
  };
  let isGood = true;
  const ids = new Set<string>();
  const world = await openWorld();
  try {
    for (const fault of faults) {
      const why = fault.cannot?.() ?? null;
      if (why) {
        summary.skipped += 1;
        say(`${fault.id.padEnd(4)} SKIPPED  ${fault.what}: ${why}`);
        continue;
      }
      ids.add(fault.id);
      const own = await fault.world?.();
      for (const queue of backendsOf(fault, say)) {
        const { problems, verdict } = await runOne(own ?? world, fault, queue, say);
        if (problems.length > 0) isGood = false;
        summary.lost += verdict?.lost ?? 0;
        summary.duplicates += verdict?.duplicates ?? 0;
        summary.unknownBeyondBound += verdict?.unknownBeyondBound ?? 0;
        summary.logMismatches += verdict?.logMismatches ?? 0;
      }
      await own?.close();
    }
  } finally {
    await world.close();
  }
  summary.faults = ids.size;
  return { summary, isGood };
}

function backendsOf(fault: Fault, say: (line: string) => void): QueueBackend[] {
  const wanted = fault.queues ?? ['postgres'];
  if (!wanted.includes('redis') || hasRedis()) return [...wanted];
  say(`${fault.id.padEnd(4)} NOT ON REDIS: redis-server is not installed`);
  return wanted.filter((queue) => queue !== 'redis');
}

async function runOne(
  world: World,
  fault: Fault,
  queue: QueueBackend,
  say: (line: string) => void,
): Promise<{ problems: string[]; verdict: Verdict | undefined }> {
  const startedMs = performance.now();
  const stage = await Stage.open(world, queue, fault.stage);
  let verdict: Verdict | undefined;
  try {
    await fault.run(stage);
    if (stage.strikes.length === 0) throw new NotStruck('nothing struck');
    await stage.complete();
    verdict = await checkInvariants(stage);
  } catch (error) {
    const kind = error instanceof NotStruck ? 'DID NOT STRIKE: ' : '';
    stage.problems.push(`${kind}${(error as Error).message}`);
  }
  const { problems } = stage;
  if (problems.length > 0) for (const worker of stage.workers) say(tail(worker.stderr()));
  await stage
    .close()
    .catch((error: Error) => problems.push(`the stage did not close: ${error.message}`));
  const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1).padStart(5);
  const on = fault.queues ? ` (${queue} queue)` : '';
  const head = `${fault.id.padEnd(4)} ${problems.length === 0 ? 'ok    ' : 'FAILED'} ${seconds} s  ${fault.what}${on}`;
  say(`${head}: ${described(stage, verdict)}`);
  for (const problem of problems) say(`       ${problem}`);
  return { problems, verdict };
}

function described(stage: Stage, verdict: Verdict | undefined): string {
  const parts = [`struck ${stage.strikes.length} × (${[...new Set(stage.strikes)].join(', ')})`];
  if (verdict && verdict.rows > 0)
    parts.push(`${verdict.rows} rows, ${verdict.unknown} unknown of at most ${verdict.unknownMax}`);
  if (stage.recoveredMs !== undefined)
    parts.push(
      `${Math.round(stage.rateBefore)}/s again after ${(stage.recoveredMs / 1_000).toFixed(1)} s`,
    );
  parts.push(...stage.notes);
  if (verdict) parts.push(verdict.checked.join(' '));
  return parts.filter(Boolean).join('; ');
}

function tail(text: string): string {
  return text.split('\n').slice(-12).join('\n');
}
