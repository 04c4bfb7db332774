/**
 * How a receiving site behaves (knowledge of real carriers, as data). Faults change these while a run goes on.
 */

/** A site that takes everything, pipelines, and has no limits. */
export const KIND: Manners = {
  isPipelining: true,
  announces: {},
  thinkMs: 2,
  sessionsMax: Number.POSITIVE_INFINITY,
  overSessions: 'reset',
  transactionsMax: Number.POSITIVE_INFINITY,
  overTransactions: 'close',
  recipientsMax: Number.POSITIVE_INFINITY,
  overRecipients: '452',
  deferShare: 0,
  deferTries: 0,
  deferAt: 'rcpt',
  greylistMs: 0,
  unknownUserShare: 0,
  fullShare: 0,
  filterShare: 0,
  leaveShare: 0,
  replyLostShare: 0,
  garbageShare: 0,
  stallShare: 0,
  ratePerSecond: Number.POSITIVE_INFINITY,
  isDown: false,
  isBlocking: false,
  refusedSources: [],
};

export type Manners = {
  isPipelining: boolean;
  /** RFC 9422 LIMITS. */
  announces: { recipientsMax?: number; transactionsMax?: number };
  /** From the last byte of a flight to the first of its replies. */
  thinkMs: number;
  /** Connections at a time from one source. */
  sessionsMax: number;
  /** Carriers under load reset; others greet with 421. */
  overSessions: 'reset' | '421';
  /** Messages in one connection. */
  transactionsMax: number;
  overTransactions: 'close' | '421';
  recipientsMax: number;
  /** `554-cut`: and the recipients before are dropped with it (docomo). `cut`: without a word. */
  overRecipients: '452' | '552' | '554-cut' | 'cut';
  /** This share of recipients is deferred for their first `deferTries` attempts. */
  deferShare: number;
  deferTries: number;
  deferAt: 'rcpt' | 'dot';
  /** A recipient is turned away until so long after its first attempt. 0: no greylisting. */
  greylistMs: number;
  /** Shares of recipients: dead, full, or filtering at the dot. */
  unknownUserShare: number;
  fullShare: number;
  filterShare: number;
  /** Shares of commands: answered 421, answered with nonsense, not answered at all. */
  leaveShare: number;
  garbageShare: number;
  stallShare: number;
  /** Share of messages whose 250 is lost on the way. */
  replyLostShare: number;
  ratePerSecond: number;
  /** Connections are reset. */
  isDown: boolean;
  /** Every recipient is refused because of who we are. */
  isBlocking: boolean;
  /** Takes the mail of these sources for spam, and answers as if nobody existed. */
  refusedSources: readonly string[];
};
