/**
 * A list, a carrier and simulated time: what a campaign does to the list when the detector of blocks and the rule of cleaning
 * decide together. Everything follows from a seed. Only for the simulation beside it.
 */
import { cleaningVerdict } from '@hikyaku/audience';
import { createBurstVeto, type VetoDecision } from '@hikyaku/delivery';

/** mulberry32. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface Person {
  isDead: boolean;
  isCleaned: boolean;
  /** The last one that did not clean; and whether anybody was accepted behind it in the same send. */
  hit: { atMs: number; isFollowed: boolean } | null;
  acceptedAtMs: number | null;
}

export function listOf(size: number, deadShare: number, random: () => number): Person[] {
  return Array.from({ length: size }, () => ({
    isDead: random() < deadShare,
    isCleaned: false,
    hit: null,
    acceptedAtMs: null,
  }));
}

export interface Sent {
  decisions: VetoDecision[];
  /** False 550s: of living mailboxes. */
  falseRefusals: number;
  goodCleaned: number;
  accepted: number;
}

/** `refuses`: the share of living mailboxes that the carrier answers 550 for at that moment. */
export function send(
  list: Person[],
  options: {
    startMs: number;
    perSecond: number;
    refuses: (atMs: number) => number;
    random: () => number;
    isCleaningOn?: boolean;
  },
): Sent {
  const { startMs, perSecond, refuses, random, isCleaningOn = true } = options;
  const veto = createBurstVeto();
  const rows: Row[] = list
    .filter((person) => !person.isCleaned)
    .map((person) => ({
      person,
      isCanary: person.acceptedAtMs !== null && startMs - person.acceptedAtMs < 30 * DAY_MS,
      isQuarantined: false,
      state: 'waiting',
      isBlockBounce: false,
      dueMs: startMs,
      atMs: 0,
    }));
  const sent: Sent = { decisions: [], falseRefusals: 0, goodCleaned: 0, accepted: 0 };
  // Who is put back is due later than whoever waits already.
  const queue = [...rows];
  for (let nowMs = startMs; queue.length > 0 && nowMs < startMs + DAY_MS; ) {
    const may = veto.mayGo('tenant', nowMs);
    const dueMs = Math.max(queue[0]?.dueMs ?? 0, may === 'yes' ? nowMs : may.untilMs);
    if (dueMs > nowMs) {
      nowMs = dueMs;
      continue;
    }
    const row = queue.shift() as Row;
    sent.decisions.push(...veto.onTaken('tenant', nowMs));
    nowMs += 1_000 / perSecond;
    const isFalse = !row.person.isDead && random() < refuses(nowMs);
    if (isFalse) sent.falseRefusals += 1;
    const kind = row.person.isDead || isFalse ? 'dead' : 'accepted';
    const { isVetoed, decisions } = veto.observe({
      tenantId: 'tenant',
      list: 'list',
      kind,
      isCanary: row.isCanary,
      isRetried: row.isQuarantined,
      atMs: nowMs,
    });
    sent.decisions.push(...decisions);
    row.atMs = nowMs;
    if (kind === 'accepted') row.state = 'accepted';
    else if (isVetoed) putBack(queue, row, veto.retryAtMs('tenant', nowMs));
    else {
      row.state = 'bounced';
      row.isBlockBounce = row.isQuarantined;
    }
    for (const { quarantineSinceMs } of decisions) {
      if (quarantineSinceMs === undefined) continue;
      for (const one of rows)
        if (one.state === 'bounced' && one.atMs >= quarantineSinceMs)
          putBack(queue, one, veto.retryAtMs('tenant', nowMs));
    }
  }
  clean(rows, { isCleaningOn, isVetoed: veto.stateOf('tenant') === 'blocked' }, sent);
  return sent;
}

function putBack(queue: Row[], row: Row, dueMs: number): void {
  queue.push(row);
  row.state = 'waiting';
  row.isQuarantined = true;
  row.dueMs = dueMs;
}

function clean(
  rows: readonly Row[],
  facts: { isCleaningOn: boolean; isVetoed: boolean },
  sent: Sent,
): void {
  const accepted = rows.filter((row) => row.state === 'accepted').map((row) => row.atMs);
  sent.accepted = accepted.length;
  const firstMs = Math.min(...accepted);
  const lastMs = Math.max(...accepted);
  for (const row of rows) {
    const { person, atMs } = row;
    if (row.state === 'accepted') {
      person.acceptedAtMs = atMs;
      person.hit = null;
    }
    if (row.state !== 'bounced' || row.isBlockBounce) continue;
    const { verdict } = cleaningVerdict({
      ...facts,
      category: 'unknown-user',
      command: 'RCPT',
      acceptedBefore: firstMs < atMs ? 1 : 0,
      acceptedAfter: lastMs > atMs ? 1 : 0,
      atMs,
      earlierHitAtMs: person.hit?.atMs ?? null,
      acceptedSinceEarlierHit: person.hit?.isFollowed || firstMs < atMs ? 1 : 0,
    });
    person.hit = { atMs, isFollowed: lastMs > atMs };
    person.acceptedAtMs = null;
    if (verdict !== 'clean') continue;
    person.isCleaned = true;
    if (!person.isDead) sent.goodCleaned += 1;
  }
}

interface Row {
  readonly person: Person;
  readonly isCanary: boolean;
  isQuarantined: boolean;
  state: 'waiting' | 'accepted' | 'bounced';
  /** Refused again after a good probe: ends as a block, which cleans nothing. */
  isBlockBounce: boolean;
  dueMs: number;
  atMs: number;
}

export const DAY_MS = 86_400_000;
