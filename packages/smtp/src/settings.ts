/**
 * What a caller may set for a session: deadlines, quirks of the host, limits. RFC 5321 §4.5.3.2, RFC 9422.
 * Quirks and limits come from outside (site profiles); the session invents none and remembers none.
 */

/** Deadlines in milliseconds. Each covers a whole reply, not a byte of it. */
export type Timeouts = {
  connectMs: number;
  greetingMs: number;
  /** EHLO, HELO and each step of AUTH. */
  ehloMs: number;
  /** The answer to STARTTLS, and the handshake behind it. */
  tlsMs: number;
  mailMs: number;
  rcptMs: number;
  dataMs: number;
  /** Progress while content is being written: no byte taken by the peer for so long ends the session. */
  blockMs: number;
  /** RFC 5321 §4.5.3.2.6: wait 10 min after the dot; giving up early duplicates mail. */
  dotMs: number;
  rsetMs: number;
  /** How long a QUIT is given to be answered before the socket is closed anyway. */
  quitMs: number;
};

export const defaultTimeouts: Readonly<Timeouts> = {
  connectMs: 30_000,
  greetingMs: 300_000,
  ehloMs: 300_000,
  tlsMs: 60_000,
  mailMs: 300_000,
  rcptMs: 300_000,
  dataMs: 120_000,
  blockMs: 180_000,
  dotMs: 600_000,
  rsetMs: 20_000,
  quitMs: 2_000,
};

/** Ways around a host that breaks the rules. All off by default. */
export type Quirks = {
  /** Greet with HELO: no extension is used. Set by itself for a PIX banner (`220 ****`). */
  isHeloOnly?: boolean;
  /** Never pipeline, whatever EHLO says. */
  isPipeliningOff?: boolean;
  /** Do not use STARTTLS though it is offered. Fails the session where TLS is required. */
  isStartTlsOff?: boolean;
  /** Do not use SIZE, 8BITMIME, SMTPUTF8, LIMITS … though they are offered. Keywords in capitals. */
  extensionsOff?: readonly string[];
  /** Send RSET before each MAIL but the first. */
  isExplicitRset?: boolean;
  /** Put local parts in quotes that RFC 5321 does not allow bare: `"a..b"@docomo.ne.jp`. Otherwise they go as they are. */
  isLocalPartQuoted?: boolean;
  /** Write the end of content in a flight of its own, with a pause for it to leave (PIX). */
  isDotApart?: boolean;
};

/** Limits of a session, in force together with what the server announces through LIMITS. */
export type Limits = {
  /** Transactions in one session. QUIT follows the last. */
  transactionsMax?: number;
  /** Recipients in one transaction. More are carried over unsent. */
  recipientsMax?: number;
  /** Age, in milliseconds since the connection stood, after which no transaction is begun. */
  ageMs?: number;
};
