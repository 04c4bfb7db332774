/**
 * One transaction from its envelope to the log: fence, verdicts, settle. Invariants: nothing is completed without a fence
 * that held; each row of a transaction is settled, or given back, exactly once; a row that was fenced and certainly not
 * sent is unfenced before it is sent again.
 */
import { judge } from '../failure-policy.ts';
import type { OpenTime } from '../open-time.ts';
import { planRetry } from '../retry.ts';
import type { RowOutcome } from './commands.ts';
import { endRows } from './end-rows.ts';
import type { Event, Verdictable } from './events.ts';
import type { Now, Row, Unroutable } from './facts.ts';
import * as feeds from './feed.ts';
import { applyEffects, count, learnFromEnvelope } from './learning-steps.ts';
import { tend } from './pool-steps.ts';
import { asks, succeeded } from './session-steps.ts';
import { type EngineState, type Feed, type Lane, NOBODY, type Transaction } from './state.ts';
import { vetoed } from './veto-steps.ts';

type On<T extends Event['type']> = Extract<Event, { type: T }>;

export function fenceAsked(state: EngineState, now: Now, event: On<'fence-asked'>): void {
  const transaction = state.transactions.get(event.transactionId);
  const rows = event.accepted.flatMap((index) => transaction?.rows[index] ?? []);
  if (!transaction || rows.length === 0 || !mayGoOn(state, transaction, now)) {
    state.out.push({ type: 'answer-fence', transactionId: event.transactionId, held: [] });
    return;
  }
  fence(state, transaction, rows);
}

/** The last look, right before the bytes that complete a message leave. False: the transaction is abandoned. */
export function mayComplete(state: EngineState, transactionId: number, now: Now): boolean {
  const transaction = state.transactions.get(transactionId);
  if (!transaction || !mayGoOn(state, transaction, now)) return false;
  transaction.isCompleted = true;
  return true;
}

function mayGoOn(state: EngineState, transaction: Transaction, now: Now): boolean {
  const lane = state.lanes.get(transaction.laneId);
  const feed = feeds.feedOf(lane, transaction.campaignId);
  if (!lane || !feed || lane.isLost) return false;
  return (
    now.monoMs < lane.validUntilMonoMs &&
    transaction.groups.every((group) => feeds.mayFence(state, feed, group, now))
  );
}

export function fenceAnswered(
  state: EngineState,
  now: Now,
  { transactionId, held }: { transactionId: number; held: readonly string[] | 'doubtful' },
): void {
  const transaction = state.transactions.get(transactionId);
  if (!transaction) return;
  transaction.fence = held === 'doubtful' ? 'doubtful' : 'answered';
  if (held !== 'doubtful') {
    const isEverybody = held.length === transaction.asked.size;
    transaction.held = isEverybody ? transaction.asked : new Set(held);
  }
  if (transaction.session) answerFence(state, transaction);
  else bounceFenced(state, transaction, now);
  const early = transaction.early;
  transaction.early = [];
  for (const { recipients, open } of early) conclude(state, now, transaction, recipients, open);
  forgetIfOver(state, transaction);
}

/** The message could not be made: its rows are cancelled with that reason, and the session asks on. */
export function notComposed(state: EngineState, now: Now, transactionId: number): void {
  const transaction = state.transactions.get(transactionId);
  const lane = transaction && state.lanes.get(transaction.laneId);
  const feed = feeds.feedOf(lane, transaction?.campaignId ?? '');
  if (!transaction) return;
  state.transactions.delete(transactionId);
  const ids = transaction.rows.map((row) => row.id);
  if (lane && feed) endRows(state, lane, feed, ids, 'cancelled', 'not-composed');
  if (transaction.session) asks(state, now, transaction.session.id);
}

export function result(state: EngineState, now: Now, event: On<'result'>): void {
  const transaction = state.transactions.get(event.transactionId);
  if (!transaction) return;
  const { recipients, isFinal } = event;
  const open = { isFinal, ids: new Set<string>() };
  transaction.open.push(open);
  if (isFinal) {
    transaction.isOver = true;
    charge(transaction, now);
  }
  learnFromEnvelope(transaction, recipients, now);
  // A refusal of RCPT can come before the fence has answered; until then it is not known what state its row is in.
  const isEarly = (one: Verdictable) => transaction.fence === 'asked' && isAsked(transaction, one);
  const early = recipients.filter(isEarly);
  for (const one of early) open.ids.add(idAt(transaction, one.index));
  if (early.length > 0) transaction.early.push({ recipients: early, open });
  const known = early.length === 0 ? recipients : recipients.filter((one) => !isEarly(one));
  conclude(state, now, transaction, known, open);
  forgetIfOver(state, transaction);
}

export function settled(state: EngineState, now: Now, event: On<'settled'>): void {
  const transaction = state.transactions.get(event.transactionId);
  if (!transaction) return;
  const lane = state.lanes.get(transaction.laneId);
  const feed = feeds.feedOf(lane, transaction.campaignId);
  for (const id of event.ids) {
    feeds.forget(feed, id);
    const retryAtMs = transaction.retries?.get(id);
    if (retryAtMs !== undefined) feed?.later.push(id, retryAtMs);
    for (const open of transaction.open) open.ids.delete(id);
  }
  releaseResults(state, transaction);
  forgetIfOver(state, transaction);
  if (lane && transaction.session) tend(state, lane, transaction.session.pool, now);
}

export function unfenced(state: EngineState, now: Now, event: On<'unfenced'>): void {
  const lane = state.lanes.get(event.laneId);
  for (const row of event.rows) feeds.putAside(feeds.feedOf(lane, row.campaignId), row, now.wallMs);
  for (const transaction of state.transactions.values()) {
    if (transaction.laneId !== event.laneId) continue;
    for (const { ids } of transaction.open) for (const { id } of event.rows) ids.delete(id);
    releaseResults(state, transaction);
    forgetIfOver(state, transaction);
  }
}

/** Rows of a domain that takes no mail: fenced and logged like any other outcome, without a session. */
export function bounceUnroutable(
  state: EngineState,
  lane: Lane,
  row: Row,
  destination: Unroutable,
  now: Now,
): void {
  const transaction: Transaction = {
    id: ++state.lastId,
    session: undefined,
    laneId: lane.facts.laneId,
    campaignId: row.campaignId,
    groups: [row.group],
    rows: [row],
    startedMs: now.monoMs,
    fence: 'none',
    asked: NOBODY,
    held: NOBODY,
    early: [],
    open: [{ isFinal: true, ids: new Set([row.id]) }],
    isCompleted: false,
    isOver: true,
    destination,
  };
  state.transactions.set(transaction.id, transaction);
  fence(state, transaction, [row]);
}

function bounceFenced(state: EngineState, transaction: Transaction, now: Now): void {
  const row = transaction.rows[0] as Row;
  if (!transaction.held.has(row.id)) {
    transaction.open.length = 0;
    giveBack(state, transaction, row, now);
    return;
  }
  settle(state, transaction, [
    {
      row,
      answer: undefined,
      destination: transaction.destination,
      state: 'bounced',
      disposition: 'bounced',
      category: transaction.destination?.category ?? 'domain-bad',
      nextAttemptMs: null,
      isUnfenced: false,
    },
  ]);
}

function fence(state: EngineState, transaction: Transaction, rows: readonly Row[]): void {
  transaction.fence = 'asked';
  transaction.asked = new Set(rows.map(({ id }) => id));
  const lane = state.lanes.get(transaction.laneId);
  state.out.push({
    type: 'fence',
    transactionId: transaction.id,
    laneId: transaction.laneId,
    epoch: lane?.facts.epoch ?? 0,
    rows,
  });
}

function answerFence(state: EngineState, transaction: Transaction): void {
  const held: number[] = [];
  for (const [index, row] of transaction.rows.entries())
    if (transaction.held.has(row.id)) held.push(index);
  state.out.push({ type: 'answer-fence', transactionId: transaction.id, held });
}

/** Verdicts over recipients whose fence is known: those with an outcome are settled together, the others go back. */
function conclude(
  state: EngineState,
  now: Now,
  transaction: Transaction,
  recipients: readonly Verdictable[],
  open: Transaction['open'][number],
): void {
  const outcomes: RowOutcome[] = [];
  for (const one of recipients) {
    const row = transaction.rows[one.index] as Row;
    const isJudged = one.kind === 'answered' && !isRefused(transaction, row);
    const outcome = isJudged ? outcomeOf(state, now, transaction, row, one) : undefined;
    if (outcome) {
      outcomes.push(outcome);
      open.ids.add(row.id);
    } else {
      // The session goes on behind the unfence: until then a crash would leave this row unknown too.
      if (giveBack(state, transaction, row, now, one.kind === 'carried-over')) open.ids.add(row.id);
      else open.ids.delete(row.id);
    }
  }
  if (outcomes.length > 0) settle(state, transaction, outcomes);
  releaseResults(state, transaction);
}

/** Undefined where nobody judged the recipient: it goes back, and no attempt is counted. */
function outcomeOf(
  state: EngineState,
  now: Now,
  transaction: Transaction,
  row: Row,
  one: Verdictable,
): RowOutcome | undefined {
  const verdict = judge(one);
  if (transaction.session) applyEffects(state, transaction, verdict.effects, one, now);
  if (verdict.disposition === 'returned') return undefined;
  const outcome = {
    row,
    answer: one,
    category: one.category,
    disposition: verdict.disposition,
    isUnfenced: !transaction.held.has(row.id),
  };
  const veto = vetoed(state, transaction, row, verdict, now);
  if (veto) return { ...outcome, ...veto };
  if (verdict.disposition !== 'deferred') {
    if (verdict.disposition === 'accepted' && transaction.session)
      succeeded(transaction.session.pool);
    return { ...outcome, state: verdict.disposition, nextAttemptMs: null };
  }
  const atMs = retryAt(state, now, transaction, row, one.category);
  return { ...outcome, state: atMs === null ? 'expired' : 'waiting', nextAttemptMs: atMs };
}

/** Null: it has had its open time. */
function retryAt(
  state: EngineState,
  now: Now,
  transaction: Transaction,
  row: Row,
  category: string,
): number | null {
  const feed = feeds.feedOf(state.lanes.get(transaction.laneId), transaction.campaignId);
  if (!feed) return now.wallMs + state.settings.retry.minDelayMs;
  const { clock, expiresAtMs } = feeds.windowOf(feed, row.group);
  const plan = planRetry({
    attempt: row.attempts + 1,
    nowMs: now.wallMs,
    category,
    clock: hasWindow(clock, now) ? clock : null,
    expiresAtMs,
    jitter: state.random.next(),
    openingSpreadMs: spreadOf(feed, transaction),
    settings: state.settings.retry,
  });
  return plan.kind === 'retry' ? plan.atMs : null;
}

function hasWindow(clock: OpenTime, now: Now): boolean {
  const opening = clock.stateAt(now.wallMs);
  return !opening.open || Number.isFinite(opening.closesAtMs);
}

/** How long this campaign's backlog takes at the pace measured here; undefined until something is measured. */
function spreadOf(feed: Feed, transaction: Transaction): number | undefined {
  const perMs = transaction.session?.pool.pace.perMs ?? 0;
  return perMs > 0 ? feed.later.size / perMs : undefined;
}

function settle(state: EngineState, transaction: Transaction, outcomes: RowOutcome[]): void {
  const lane = state.lanes.get(transaction.laneId);
  const feed = feeds.feedOf(lane, transaction.campaignId);
  for (const { row, nextAttemptMs, disposition } of outcomes) {
    count(state, transaction, feed, disposition);
    if (nextAttemptMs === null) continue;
    transaction.retries ??= new Map();
    transaction.retries.set(row.id, nextAttemptMs);
  }
  state.out.push({
    type: 'settle',
    transactionId: transaction.id,
    laneId: transaction.laneId,
    epoch: lane?.facts.epoch ?? 0,
    outcomes,
  });
}

/** A row that was certainly not sent and that nobody judged. True: it is to be unfenced, and stays in doubt until it is. */
function giveBack(
  state: EngineState,
  transaction: Transaction,
  row: Row,
  now: Now,
  isCarriedOver = false,
): boolean {
  const lane = state.lanes.get(transaction.laneId);
  const { laneId, fence, asked, held, session } = transaction;
  const mayBeFenced = held.has(row.id) || (fence === 'doubtful' && asked.has(row.id));
  if (mayBeFenced) {
    state.out.push({ type: 'unfence', laneId, epoch: lane?.facts.epoch ?? 0, rows: [row] });
  } else if (isRefused(transaction, row)) {
    state.out.push({ type: 'explain-refusal', laneId, row });
  } else if (isCarriedOver && session && lane?.phase === 'running') {
    const { carried } = session.pool;
    const rows = carried.get(row.campaignId);
    if (rows) rows.push(row);
    else carried.set(row.campaignId, [row]);
  } else feeds.putAside(feeds.feedOf(lane, row.campaignId), row, now.wallMs);
  return mayBeFenced;
}

function releaseResults(state: EngineState, transaction: Transaction): void {
  for (let open = transaction.open[0]; open && open.ids.size === 0; open = transaction.open[0]) {
    transaction.open.shift();
    if (!transaction.session) continue;
    const { isFinal } = open;
    state.out.push({ type: 'release-result', transactionId: transaction.id, isFinal });
  }
}

function forgetIfOver(state: EngineState, transaction: Transaction): void {
  const { isOver, fence, open, early } = transaction;
  if (isOver && fence !== 'asked' && open.length === 0 && early.length === 0)
    state.transactions.delete(transaction.id);
}

/** What the transaction cost its tenant: the session's time since its last result, for envelopes overlap. */
function charge(transaction: Transaction, now: Now): void {
  const { session, rows, startedMs, campaignId } = transaction;
  const tenantId = rows[0]?.tenantId;
  if (!session || tenantId === undefined) return;
  const sinceMs = Math.max(startedMs, session.lastResultMonoMs);
  session.lastResultMonoMs = now.monoMs;
  session.pool.queue.charge(tenantId, campaignId, now.monoMs - sinceMs);
  session.pool.pace.done += rows.length;
}

/** The database said no to its fence: paused, suppressed, stopped. What its server answered meanwhile counts for nothing. */
function isRefused({ fence, asked, held }: Transaction, row: Row): boolean {
  return fence === 'answered' && asked.has(row.id) && !held.has(row.id);
}

function isAsked(transaction: Transaction, one: Verdictable): boolean {
  return transaction.asked.has(idAt(transaction, one.index));
}

function idAt(transaction: Transaction, index: number): string {
  return (transaction.rows[index] as Row).id;
}
