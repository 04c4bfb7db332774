/**
 * What sessions do, and what follows for their site: it grows, shrinks, rests, and its limits are learned
 * (delivery-engine.md §3 and §4).
 */
import type { Event, SessionTrouble } from './events.ts';
import type { Now } from './facts.ts';
import { whyOf } from './learning-steps.ts';
import { answer, tend } from './pool-steps.ts';
import { livingIn, windowOf } from './session-caps.ts';
import type { EngineState, Lane, Pool, Session } from './state.ts';

type On<T extends Event['type']> = Extract<Event, { type: T }>;

export function opened(state: EngineState, now: Now, event: On<'session-opened'>): void {
  const session = state.sessions.get(event.sessionId);
  if (!session) return;
  session.announced = event.limits;
  session.state = session.state === 'ending' ? 'ending' : 'open';
  session.pool.memory.taken = Math.max(session.pool.memory.taken, standingIn(session.pool));
  succeeded(session.pool);
  if (session.state === 'ending' || isEnding(state, session)) {
    session.state = 'ending';
    state.out.push({ type: 'drain-session', sessionId: session.id });
    return;
  }
  const lane = state.lanes.get(session.laneId);
  if (lane) tend(state, lane, session.pool, now);
}

export function openFailed(state: EngineState, now: Now, event: On<'session-failed'>): void {
  const session = take(state, event.sessionId);
  if (!session) return;
  const { pool } = session;
  // Given up by ourselves while it was connecting: nobody's failure.
  if (session.state !== 'ending') {
    pool.memory.host += 1;
    failed(state, pool, now, event.failure);
  }
  const lane = state.lanes.get(session.laneId);
  if (lane) tend(state, lane, pool, now);
}

export function asks(state: EngineState, now: Now, sessionId: number): void {
  const session = state.sessions.get(sessionId);
  if (!session) return;
  const { pool } = session;
  const lane = state.lanes.get(session.laneId);
  const window = windowOf(state, pool);
  const isTooMany = pool.sessions.size > window && livingIn(pool) > window;
  if (lane?.phase !== 'running' || session.state === 'ending' || isTooMany) {
    session.state = 'ending';
    state.out.push({ type: 'quit', sessionId });
    return;
  }
  if (!answer(state, lane, pool, session, now)) pool.asking.push(session);
}

export function ended(state: EngineState, now: Now, event: On<'session-ended'>): void {
  const session = take(state, event.sessionId);
  if (!session) return;
  const { pool } = session;
  const { end } = event;
  learnFromCut(pool, end, now);
  if (!end.canReopen) {
    // Messages went through before: the host lives, and one lost session is no reason to leave it alone.
    if (end.completed === 0) failed(state, pool, now, end.failure);
    else pool.memory.concurrency.onFailure(pool.hosts > 1);
  }
  const lane = state.lanes.get(session.laneId);
  if (lane) tend(state, lane, pool, now);
}

/** A message went through, or a session opened [PF]: the window may grow. */
export function succeeded(pool: Pool): void {
  pool.memory.concurrency.onOpened(pool.sessions.size);
  pool.memory.backoff.onSuccess();
  pool.memory.failuresInRow = 0;
}

/** Idle sessions say QUIT, the others end what is under way. */
export function endSessions(state: EngineState, lane: Lane): void {
  for (const pool of lane.pools.values()) {
    for (const session of pool.sessions) {
      if (session.state === 'ending') continue;
      const isOpening = session.state === 'opening';
      session.state = 'ending';
      const isAsking = pool.asking.includes(session);
      if (isAsking) state.out.push({ type: 'quit', sessionId: session.id });
      else if (isOpening) state.out.push({ type: 'destroy-session', sessionId: session.id });
      else state.out.push({ type: 'drain-session', sessionId: session.id });
    }
    pool.asking.length = 0;
  }
}

/** Now, but for those that wait for the reply to a message that is complete: without it nobody would know what became of it. */
export function cutSessions(state: EngineState, lane: Lane): void {
  const waiting = new Set<Session>();
  for (const { session, isCompleted, isOver } of state.transactions.values())
    if (session && isCompleted && !isOver) waiting.add(session);
  for (const pool of lane.pools.values()) {
    for (const session of pool.sessions) {
      if (waiting.has(session)) continue;
      session.state = 'ending';
      state.out.push({ type: 'destroy-session', sessionId: session.id });
    }
  }
}

export function destroySessions(state: EngineState, lane: Lane): void {
  for (const pool of lane.pools.values()) {
    pool.asking.length = 0;
    for (const session of pool.sessions) {
      session.state = 'ending';
      state.out.push({ type: 'destroy-session', sessionId: session.id });
    }
  }
}

function take(state: EngineState, sessionId: number): Session | undefined {
  const session = state.sessions.get(sessionId);
  if (!session) return undefined;
  state.sessions.delete(sessionId);
  session.pool.sessions.delete(session);
  const asking = session.pool.asking.indexOf(session);
  if (asking >= 0) session.pool.asking.splice(asking, 1);
  return session;
}

function standingIn(pool: Pool): number {
  let standing = 0;
  for (const session of pool.sessions) if (session.state !== 'opening') standing += 1;
  return standing;
}

function isEnding(state: EngineState, session: Session): boolean {
  return state.lanes.get(session.laneId)?.phase !== 'running';
}

function failed(state: EngineState, pool: Pool, now: Now, trouble?: SessionTrouble): void {
  const { memory } = pool;
  memory.concurrency.onFailure(pool.hosts > 1);
  memory.holdUntilMs = now.wallMs + state.settings.backoff.minDelayMs;
  memory.failuresInRow += 1;
  if (trouble) {
    const why = trouble.isReset ? 'connection reset' : whyOf(trouble.code, trouble.category);
    memory.trouble = { why, atMs: now.wallMs };
  }
  const isAlone = pool.sessions.size === 0;
  if (!isAlone) memory.taken = Math.max(1, standingIn(pool));
  // A busy carrier that resets, or says 421, lives: it wants fewer sessions, and those that stand show it.
  const isBusy = trouble?.category === 'connection-limit' || trouble?.isReset === true;
  if (isAlone && (memory.failuresInRow >= pool.hosts || isBusy))
    memory.backoff.onFailure(now.wallMs, state.random.next());
}

function learnFromCut(pool: Pool, end: On<'session-ended'>['end'], now: Now): void {
  const { limits } = pool.memory;
  const { failure, transactions } = end;
  if (end.isSilentClose)
    limits.onSessionCut(
      transactions,
      now.wallMs,
      `closed without a word after ${transactions} transactions, twice`,
    );
  else if (failure?.category === 'session-limit')
    limits.onSessionCut(
      transactions,
      now.wallMs,
      `${failure.code ?? ''} after ${transactions} transactions, twice`.trim(),
    );
}
