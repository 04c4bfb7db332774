/**
 * What was said in a session, for a support person to read. Credentials are masked and content is counted, not shown.
 */
export type TranscriptEntry = {
  /** `→` we sent, `←` the server sent, `·` something happened (connected, TLS, lost, timed out). */
  direction: '→' | '←' | '·';
  /** Milliseconds since the connection was begun. */
  atMs: number;
  /** One line, without CRLF. */
  text: string;
};
