/**
 * What happens to the core. Every event is the answer to a command, something that a session did, or time.
 * A command of the database that fails comes back as `failed`; settle and unfence never do: they are held and repeated.
 */
import type { StandingVeto } from '../burst-veto.ts';
import type { Permanence, Phase, Scope } from '../failure-policy.ts';
import type { Command } from './commands.ts';
import type { CampaignFacts, Destination, LaneFacts, Row } from './facts.ts';

export type Event =
  /** A lane is ours until `validUntilMonoMs` on the monotonic clock, counted from before the lease was asked for. */
  | {
      type: 'lane-acquired';
      lane: LaneFacts;
      validUntilMonoMs: number;
      /** What the false-550 protection decided last at its sites, from this lane's source. */
      vetoes?: readonly SiteVeto[];
    }
  | { type: 'lease-renewed'; laneId: string; validUntilMonoMs: number }
  | { type: 'lease-lost'; laneId: string }
  /** Answers `reap`: what an earlier owner left fenced is unknown now. */
  | { type: 'reaped'; laneId: string }
  /** `stopped`: sites and domains to which staff let nothing be sent. */
  | {
      type: 'campaigns-read';
      laneId: string;
      campaigns: readonly CampaignFacts[];
      stopped: readonly string[];
    }
  /** Answers `read-rows` (`isEnd`: nothing lies behind) and `read-retries` (those still waiting). */
  | {
      type: 'rows-read';
      laneId: string;
      campaignId: string;
      rows: readonly FoundRow[];
      isEnd: boolean;
      isRetries: boolean;
    }
  /** A domain that was not known when its rows were read. */
  | { type: 'destination-found'; laneId: string; domain: string; destination: Destination }
  | { type: 'failed'; command: Command }
  /** What is known of a site changed while its pool stands: it binds from now on. */
  | { type: 'site-changed'; laneId: string; destination: Destination }
  /** The lane's part of a cap that binds several lanes or workers (`siteClaims`). */
  | { type: 'sessions-granted'; laneId: string; site: string; sessions: number }
  | { type: 'ended'; laneId: string; campaignId: string; ids: readonly string[] }
  /** Answers `explain-refusal`. */
  | { type: 'refusal-explained'; laneId: string; row: Row; isEnded: boolean }
  | { type: 'unfenced'; laneId: string; rows: readonly Row[] }
  | { type: 'settled'; transactionId: number; ids: readonly string[] }
  /** Answers `fence`. `doubtful`: the statement failed, and may have been committed all the same. */
  | { type: 'fence-answered'; transactionId: number; held: readonly string[] | 'doubtful' }
  | { type: 'session-opened'; sessionId: number; limits: SessionLimits }
  | { type: 'session-failed'; sessionId: number; failure: SessionTrouble }
  /** The session can carry one more envelope. Answered with `send` or `quit`, at once or later. */
  | { type: 'session-asks'; sessionId: number }
  /** A message of `send` could not be made; nothing of it was written, and the session asks on. */
  | { type: 'not-composed'; transactionId: number }
  /** The fence is wanted for the recipients at these places of the transaction. */
  | { type: 'fence-asked'; transactionId: number; accepted: readonly number[] }
  | { type: 'result'; transactionId: number; isFinal: boolean; recipients: readonly Verdictable[] }
  | { type: 'session-ended'; sessionId: number; end: SessionEnding }
  /** Staff have released what the false-550 protection held up at this site. */
  | { type: 'veto-released'; site: string; source: string }
  /** Look at the campaigns now: something changed in the database. */
  | { type: 'refresh' }
  /** Ends what is under way, begins nothing, gives every lane back. */
  | { type: 'stop' }
  /** Time passed. Wanted every few hundred ms while a lane is held. */
  | { type: 'tick' };

export type SiteVeto = StandingVeto & { site: string };

/** A row and where it goes; undefined: not known yet, `destination-found` follows. */
export type FoundRow = { row: Row; destination: Destination | undefined };

/** What the server announced (RFC 9422 LIMITS), where it did. */
export type SessionLimits = { recipientsMax?: number; transactionsMax?: number };

/** Why a session did not open, or how one was cut. `isReset`: TCP reset at connect, a busy carrier's way to say 421. */
export type SessionTrouble = {
  category: string;
  phase: Phase;
  code: number | null;
  isReset?: boolean;
};

export type SessionEnding = {
  /** Another may be opened at once, without penalty. */
  canReopen: boolean;
  /** Transactions with at least one accepted recipient. */
  completed: number;
  /** Transactions begun. */
  transactions: number;
  /** The server closed without a word between two transactions (a limit that it does not tell). */
  isSilentClose: boolean;
  failure?: SessionTrouble;
};

/**
 * One recipient's result, classified by the driver. `returned`: certainly not sent and not judged (abandoned);
 * `carried-over`: goes first into the next transaction; `answered`: a reply or a loss, to be judged.
 */
export type Verdictable = {
  index: number;
  kind: 'answered' | 'returned' | 'carried-over';
  phase: Phase;
  code: number | null;
  category: string;
  scope: Scope;
  permanence: Permanence;
  isRcptWritten: boolean;
};
