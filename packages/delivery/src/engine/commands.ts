/**
 * What the core wants done. The driver performs each and answers with the event that its comment names.
 */
import type { VetoDecision } from '../burst-veto.ts';
import type { LearnedLimits } from '../site-limits.ts';
import type { SessionLimits, Verdictable } from './events.ts';
import type { Destination, Row } from './facts.ts';

export type Command =
  /** Rows that an earlier owner fenced and never settled become unknown. → `reaped` */
  | { type: 'reap'; laneId: string; epoch: number }
  /** → `campaigns-read` */
  | { type: 'read-campaigns'; laneId: string }
  /** Waiting rows in order of id behind `afterId`, due or not. → `rows-read` */
  | {
      type: 'read-rows';
      laneId: string;
      tenantId: string;
      campaignId: string;
      afterId: string;
      limit: number;
    }
  /** Those of `ids` that still wait. → `rows-read` */
  | {
      type: 'read-retries';
      laneId: string;
      tenantId: string;
      campaignId: string;
      ids: readonly string[];
    }
  /** → `session-opened` or `session-failed`; then `session-ended` at last, if it opened. */
  | {
      type: 'open-session';
      sessionId: number;
      laneId: string;
      site: string;
      /** Which of the site's hosts, counting on; take it modulo their number. */
      host: number;
      limits: SessionLimits;
    }
  /** Answers `session-asks` with an envelope. → `fence-asked`, `result` … or `not-composed` */
  | {
      type: 'send';
      sessionId: number;
      transactionId: number;
      laneId: string;
      mode: 'one_to_one' | 'bulk';
      rows: readonly Row[];
      /** How many of the first rows were carried over before. */
      carriedOverCount: number;
    }
  /** Answers `session-asks`: no more. → `session-ended` */
  | { type: 'quit'; sessionId: number }
  /** What is under way ends, then QUIT. → `session-ended` */
  | { type: 'drain-session'; sessionId: number }
  /** → `session-ended` */
  | { type: 'destroy-session'; sessionId: number }
  /** `waiting → sending`, durable. → `fence-answered` */
  | {
      type: 'fence';
      transactionId: number;
      laneId: string;
      epoch: number;
      rows: readonly Row[];
    }
  /** Answers `fence-asked`: the places that may go. */
  | { type: 'answer-fence'; transactionId: number; held: readonly number[] }
  /** State and log row, durable; repeated until the database has it. → `settled` */
  | {
      type: 'settle';
      transactionId: number;
      laneId: string;
      epoch: number;
      outcomes: readonly RowOutcome[];
    }
  /** Everything of the transaction's last `result` is durable: the session may go on. */
  | { type: 'release-result'; transactionId: number; isFinal: boolean }
  /** `sending → waiting` for rows that were certainly not sent; repeated until done. → `unfenced` */
  | { type: 'unfence'; laneId: string; epoch: number; rows: readonly Row[] }
  /** Waiting rows that will not be sent. → `ended` */
  | {
      type: 'end-waiting';
      laneId: string;
      tenantId: string;
      campaignId: string;
      ids: readonly string[];
      /** `bounced`: of quarantined rows that have had their time. */
      state: 'expired' | 'cancelled' | 'bounced';
      category: string;
    }
  /** A refused fence: is its person suppressed? Then the row is ended. → `refusal-explained` */
  | { type: 'explain-refusal'; laneId: string; row: Row }
  /** The false-550 protection has decided: to be written down, and what it says quarantined. No answer is waited for. */
  | {
      type: 'decide-veto';
      laneId: string;
      site: string;
      source: string;
      decision: VetoDecision;
      /** The site's domains that were sent to. */
      domains: readonly string[];
    }
  /** When the campaign is due in this lane again. No answer is waited for. */
  | {
      type: 'say-due';
      laneId: string;
      tenantId: string;
      campaignId: string;
      rescanEpoch: number;
      next: number | 'done';
    }
  /** What a site's answers taught, to be remembered beyond this process. No answer is waited for. */
  | { type: 'save-learned'; site: string; source: string; learned: LearnedLimits }
  /** Nothing of the lane is under way: give the lease back, behind the `say-due` before it. */
  | { type: 'release-lane'; laneId: string }
  /** The lease is gone, and nothing of it is under way any more. */
  | { type: 'drop-lane'; laneId: string };

/** What became of one row of a transaction. */
export type RowOutcome = {
  row: Row;
  /** The result it follows from, as the driver gave it; undefined where its domain takes no mail. */
  answer: Verdictable | undefined;
  /** Of a domain that takes no mail, as the driver gave it. */
  destination?: Destination;
  state: 'accepted' | 'bounced' | 'waiting' | 'expired' | 'unknown';
  disposition: 'accepted' | 'deferred' | 'bounced' | 'unknown';
  category: string;
  /** Epoch ms; for `waiting`. */
  nextAttemptMs: number | null;
  /** It was refused before any fence of it held: it is settled from `waiting`. */
  isUnfenced: boolean;
};
