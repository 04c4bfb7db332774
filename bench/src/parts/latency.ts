/**
 * A receiver that is far away (20 ms round trip through a proxy in its own process) and not always willing: 10 % deferrals at
 * first, 5 % bounces. Bound: one attempt a round trip and session, refused ones too (docs of the bound: bench/README.md).
 */
import { startDelayProxy } from '@hikyaku/testkit/delay-proxy';
import { runCampaign } from '../campaign-run.ts';
import { JournalTail } from '../journal-tail.ts';
import { median, round2 } from '../median.ts';
import { makeList } from '../people.ts';
import { fastReceiver, type Rig } from '../rig.ts';
import { measureRoundTrip } from '../round-trip.ts';

const ROUNDS = 3;
const SESSIONS = 50;
const RTT_MS = 20;
/** Retries after 5 min become retries after 0.3 s, so that they fall into the run. */
const TIME_SCALE = 0.001;

export async function latency(rig: Rig): Promise<{ ofBound: number }> {
  const people = rig.scaled(30_000);
  const receiver = await fastReceiver({
    deferShare: 0.1,
    deferFirstAttemptOnly: true,
    bounceShare: 0.05,
  });
  const port = Object.values(receiver.ports)[0] as number;
  const proxy = await startDelayProxy({ target: { port }, oneWayMs: RTT_MS / 2 });
  const worker = await rig.startWorker(`* = 127.0.0.1:${proxy.port}\n`, {
    sessionsPerSite: SESSIONS,
    sessionsAtStart: SESSIONS,
    timeScale: TIME_SCALE,
  });
  try {
    // Cleaning would take the bounced out of the next round.
    const tenantId = await rig.scenario.tenant({ name: 'bench', isCleaningOn: false });
    const journal = new JournalTail(receiver.journalPath);
    const shares: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const listId = await makeList(rig, tenantId, people, { prefix: `r${round}-` });
      const rttMs = await measureRoundTrip(proxy.port);
      const run = await runCampaign(rig, { tenantId, listId, journal, people });
      const boundPerSecond = (SESSIONS * 1_000) / rttMs;
      shares.push(run.attempts / run.seconds / boundPerSecond);
      rig.say(
        `  round ${round + 1}: round trip ${rttMs.toFixed(1)} ms, ${run.attempts} attempts for ${run.accepted} accepted, ${Math.round(run.attempts / run.seconds)} attempts/s of ${Math.round(boundPerSecond)} possible (${run.percentiles})`,
      );
    }
    const result = { ofBound: round2(median(shares)) };
    rig.say(
      `  latency, ${people} recipients, ${RTT_MS} ms round trip, ${SESSIONS} sessions, 10 % deferred at first, 5 % bounced, 4 KB personalised, retry delays × ${TIME_SCALE}, ${rig.durability}: ${result.ofBound} of the bound`,
    );
    return result;
  } finally {
    await worker.stop(30_000);
    await proxy.stop();
    await receiver.stop();
  }
}
