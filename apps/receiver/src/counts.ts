/** What a destination counts about itself; `GET /stats` shows it. */

export interface DestinationCounts {
  sessions: number;
  sessionsOpen: number;
  sessionsPeak: number;
  connectionsRefused: number;
  /** Messages accepted. */
  transactions: number;
  /** Recipients accepted, refused with 5yz, refused with 4yz. */
  accepted: number;
  refused: number;
  deferred: number;
  /** Content octets of accepted messages. */
  bytes: number;
  /** Times a client spoke after it had been spoken to: round trips, as the peer sees them. */
  flights: number;
}

export function newCounts(): DestinationCounts {
  return {
    sessions: 0,
    sessionsOpen: 0,
    sessionsPeak: 0,
    connectionsRefused: 0,
    transactions: 0,
    accepted: 0,
    refused: 0,
    deferred: 0,
    bytes: 0,
    flights: 0,
  };
}
