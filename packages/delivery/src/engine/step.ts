/**
 * The core: one event in, commands out. Deterministic; no clock, no random, no I/O (delivery-engine.md §8). What it keeps
 * true, and the simulator checks: a message is completed only behind its fence, under a valid lease, inside its window;
 * a row is in memory at most once; sessions stay within the caps.
 */
import type { Command } from './commands.ts';
import type { Event } from './events.ts';
import type { Now } from './facts.ts';
import * as lanes from './lane-steps.ts';
import * as pools from './pool-steps.ts';
import * as reading from './reading-steps.ts';
import * as sessions from './session-steps.ts';
import type { EngineState } from './state.ts';
import * as transactions from './transaction-steps.ts';
import * as vetoes from './veto-steps.ts';

/** Changes `state` in place. The commands are to be performed in their order. */
export function step(state: EngineState, now: Now, event: Event): readonly Command[] {
  state.out = [];
  const act = STEPS[event.type] as (state: EngineState, now: Now, event: Event) => void;
  act(state, now, event);
  lanes.settleEndings(state, now);
  return state.out;
}

type Steps = {
  [T in Event['type']]: (state: EngineState, now: Now, event: Extract<Event, { type: T }>) => void;
};

const STEPS: Steps = {
  'lane-acquired': (state, _now, event) => lanes.acquired(state, event),
  'lease-renewed': (state, _now, event) => lanes.renewed(state, event),
  'lease-lost': (state, now, event) => lanes.lost(state, now, event.laneId),
  reaped: (state, now, event) => lanes.reaped(state, now, event.laneId),
  'campaigns-read': lanes.campaignsRead,
  'rows-read': reading.rowsRead,
  'destination-found': reading.destinationFound,
  'site-changed': pools.siteChanged,
  'sessions-granted': pools.granted,
  failed: (state, now, event) => failed(state, now, event.command),
  ended: (state, _now, event) => reading.ended(state, event),
  'refusal-explained': reading.refusalExplained,
  unfenced: transactions.unfenced,
  settled: transactions.settled,
  'fence-asked': transactions.fenceAsked,
  'fence-answered': transactions.fenceAnswered,
  'not-composed': (state, now, event) => transactions.notComposed(state, now, event.transactionId),
  result: transactions.result,
  'session-opened': sessions.opened,
  'session-failed': sessions.openFailed,
  'session-asks': (state, now, { sessionId }) => {
    sessions.asks(state, now, sessionId);
    reading.readAhead(state, now, sessionId);
  },
  'session-ended': sessions.ended,
  'veto-released': (state, now, event) => vetoes.released(state, now, event),
  refresh: (state, now) => lanes.refresh(state, now),
  stop: (state, now) => lanes.stop(state, now),
  tick: (state, now) => lanes.tick(state, now),
};

/** A statement failed: what it was for is tried again, a little later. */
function failed(state: EngineState, now: Now, command: Command): void {
  switch (command.type) {
    case 'reap':
    case 'read-campaigns':
      lanes.failed(state, now, command);
      break;
    case 'read-rows':
    case 'read-retries':
      reading.readFailed(state, now, command);
      break;
    case 'end-waiting':
      reading.endFailed(state, now, command);
      break;
    case 'explain-refusal':
      reading.refusalExplained(state, now, { ...command, isEnded: false });
      break;
    case 'fence':
      transactions.fenceAnswered(state, now, { ...command, held: 'doubtful' });
      break;
    default:
      throw new Error(`a ${command.type} is held and repeated; it cannot fail`);
  }
}
