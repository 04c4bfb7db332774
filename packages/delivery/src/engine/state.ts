/**
 * Everything the core knows. Plain records, changed in place by the steps; two cores with the same seed and the same
 * events are in the same state.
 */
import type { BurstVeto, BurstVetoSettings } from '../burst-veto.ts';
import type { Concurrency } from '../concurrency.ts';
import type { DueHeap } from '../due-heap.ts';
import type { OpenTime } from '../open-time.ts';
import type { RetrySettings } from '../retry.ts';
import type { SiteBackoff, SiteBackoffSettings } from '../site-backoff.ts';
import type { SiteLimits } from '../site-limits.ts';
import type { Command } from './commands.ts';
import type { SessionLimits, SiteVeto, Verdictable } from './events.ts';
import type { CampaignFacts, LaneFacts, Row, SiteProfile, Unroutable } from './facts.ts';
import type { FairQueue } from './fair-queue.ts';
import { createRandom, type Random } from './random.ts';

export function createState(settings: EngineSettings): EngineState {
  return {
    settings,
    random: createRandom(settings.seed),
    lanes: new Map(),
    sites: new Map(),
    sessions: new Map(),
    transactions: new Map(),
    tally: createTally(),
    lastId: 0,
    isStopping: false,
    out: [],
  };
}

export interface EngineState {
  readonly settings: EngineSettings;
  readonly random: Random;
  readonly lanes: Map<string, Lane>;
  /** By site and source: it outlasts the ownership of a lane. */
  readonly sites: Map<string, SiteMemory>;
  readonly sessions: Map<number, Session>;
  readonly transactions: Map<number, Transaction>;
  /** Of everything since the process began. */
  readonly tally: Tally;
  /** Of sessions and transactions. */
  lastId: number;
  isStopping: boolean;
  /** Commands of the step under way. */
  out: Command[];
}

/** All durations in ms, scaled already where a test wants hours in seconds. */
export interface EngineSettings {
  readonly seed: number;
  readonly retry: RetrySettings;
  readonly backoff: SiteBackoffSettings;
  /** Of the false-550 protection; its defaults where not given. */
  readonly veto?: BurstVetoSettings;
  /** No MAIL within `openMs` of a window's opening and `mailMs` of its closing, no fence within `fenceMs` of that. */
  readonly margins: { mailMs: number; fenceMs: number; openMs: number };
  readonly sessionsAtStart: number;
  /** Per lane and site, where the profile does not say less. */
  readonly sessionsPerSite: number;
  readonly recipientsPerTransaction: number;
  /** Share of turns for retries while first attempts wait. */
  readonly retryShare: number;
  /** A lane with nothing due for so long is given back. */
  readonly keepMs: number;
  /** How often the campaigns of a lane are read. */
  readonly refreshMs: number;
  /** What is under way gets so long to end when a lane is given back in good order. */
  readonly drainMs: number;
  /**
   * How long behind the end of a lease as we count it nobody else can hold the lane yet: replies to what was completed are
   * still heard so long.
   */
  readonly leaseGraceMs: number;
  /** Caps on sessions that other lanes share bind by grant: none is opened before `sessions-granted`. */
  readonly areCapsGranted?: boolean;
}

/** Recipients by what the receiver made of them, one for each attempt. */
export type Tally = { accepted: number; deferred: number; bounced: number; unknown: number };

export function createTally(): Tally {
  return { accepted: 0, deferred: 0, bounced: 0, unknown: 0 };
}

export interface Lane {
  readonly facts: LaneFacts;
  validUntilMonoMs: number;
  phase: 'reaping' | 'running' | 'ending';
  /** Only what is under way is ended; nothing that remains is known of. */
  isLost: boolean;
  /** What other processes decided of its sites. */
  readonly vetoes: readonly SiteVeto[];
  readonly feeds: Map<string, Feed>;
  readonly pools: Map<string, Pool>;
  /** Rows whose destination is being looked up, by domain. */
  readonly unresolved: Map<string, Row[]>;
  /** Sites and domains that staff have stopped. */
  stopped: ReadonlySet<string>;
  isReadingCampaigns: boolean;
  refreshAtMs: number;
  /** Turn of the feeds at reading. */
  turn: number;
  /** Not before then are rows asked for because a session took some. */
  readAheadAtMonoMs: number;
  /** Of `reap`, after a failure. */
  retryAtMs: number;
  endingSinceMonoMs: number;
}

/** One campaign's rows in one lane. Invariant: `outstanding` holds exactly the rows that are in memory. */
export interface Feed {
  campaign: CampaignFacts;
  /** False once the database says that it is paused, over, or its tenant suspended. */
  isRunning: boolean;
  cursor: string;
  isAtEnd: boolean;
  isReading: boolean;
  /** The reading under way began before the cursor was set back. */
  isReadStale: boolean;
  /** The last reading; the next is for first attempts, if any are left. */
  wasReadForRetries: boolean;
  pollAtMs: number;
  readonly later: DueHeap;
  readonly outstanding: Map<string, Row>;
  /** Settled while a reading was under way, which may have seen them as they were before. */
  readonly settledMeanwhile: Set<string>;
  readonly groups: Map<string, GroupWindow>;
  readonly tally: Tally;
}

/** The window that binds one destination group of a campaign. */
export type GroupWindow = { clock: OpenTime; expiresAtMs: number };

export interface Pool {
  readonly site: string;
  readonly memory: SiteMemory;
  hosts: number;
  profile: SiteProfile;
  readonly queue: FairQueue;
  /** To go first in the next transaction of their campaign. */
  readonly carried: Map<string, Row[]>;
  /** Sessions that asked and have no answer yet; the last one is served first. */
  readonly asking: Session[];
  /** Open and opening. */
  readonly sessions: Set<Session>;
  /** Of a cap that is shared with other lanes; what it counts for is in `windowOf`. */
  granted: number;
  readonly tally: Tally;
  /** When a tenant that staff have throttled may go on, by tenant. */
  readonly throttled: Map<string, number>;
  /** Recipients answered per ms, smoothed; `done` since `sinceMonoMs`. */
  readonly pace: { perMs: number; done: number; sinceMonoMs: number };
}

/** What is known of a site from one source while this process lives. */
export interface SiteMemory {
  readonly concurrency: Concurrency;
  readonly backoff: SiteBackoff;
  readonly limits: SiteLimits;
  /** How much of what was learned is saved: `limits.revision` as it was then. */
  savedRevision: number;
  readonly veto: BurstVeto;
  /** Whose answers it has seen. */
  readonly domains: Set<string>;
  /** No further session before this, after one was turned away while others stand. */
  holdUntilMs: number;
  failuresInRow: number;
  /** Why it was last left alone or given fewer sessions, in words for staff. */
  trouble: { why: string; atMs: number } | undefined;
  /** Sessions that it is known to take side by side; at first as many as every site is trusted with. */
  taken: number;
  host: number;
}

export interface Session {
  readonly id: number;
  readonly laneId: string;
  readonly site: string;
  /** Its pool; a session can outlive it. */
  readonly pool: Pool;
  state: 'opening' | 'open' | 'ending';
  announced: SessionLimits;
  lastResultMonoMs: number;
}

export interface Transaction {
  readonly id: number;
  /** Undefined for rows that are bounced without a session. */
  readonly session: Session | undefined;
  readonly laneId: string;
  readonly campaignId: string;
  /** Of its rows, each once. */
  readonly groups: readonly string[];
  readonly rows: readonly Row[];
  readonly startedMs: number;
  /** `asked`: the database has not answered. Rows outside of `held` are not fenced, once it has. */
  fence: 'none' | 'asked' | 'answered' | 'doubtful';
  asked: ReadonlySet<string>;
  held: ReadonlySet<string>;
  /** Results that came before the fence's answer. */
  early: EarlyResult[];
  /** Results not wholly durable yet, oldest first. */
  readonly open: OpenResult[];
  /** The bytes that complete it have left: only its reply says what became of it. */
  isCompleted: boolean;
  isOver: boolean;
  /** When deferred rows are due again, by id. */
  retries?: Map<string, number>;
  /** Of rows that are bounced without a session. */
  destination?: Unroutable;
}

/** Of a transaction whose fence was not asked, or not answered. */
export const NOBODY: ReadonlySet<string> = new Set();

/** A result that is not wholly durable yet: the ids that still wait for the database. */
export type OpenResult = { isFinal: boolean; ids: Set<string> };
export type EarlyResult = { recipients: readonly Verdictable[]; open: OpenResult };
