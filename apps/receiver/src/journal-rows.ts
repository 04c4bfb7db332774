/**
 * The journal's lines. One `accepted` line per recipient of each accepted message: what a campaign's delivery log is
 * compared with. The other events tell what was answered instead, and may be left out (`--journal-events accepted`).
 */
import type { Message } from './message.ts';

export interface AcceptedRow {
  event: 'accepted';
  /** ISO 8601, UTC, when the dot was received. */
  at: string;
  destination: string;
  session: string;
  /** The n-th MAIL of the session, from 1. */
  transaction: number;
  /** Remote address of the client. */
  source: string;
  mailFrom: string;
  recipient: string;
  /** Value of the Message-ID header, or null. */
  messageId: string | null;
  /** Content octets as they came over the wire: with stuffed dots, without the final `.CRLF`. */
  bytes: number;
  /** Value of the X-Hikyaku-Delivery header, or null. */
  headerDeliveryId: string | null;
}

export interface OtherRow {
  /**
   * refused: a 4yz or 5yz · dropped: accepted, then cut without the reply · stalled: content received, never answered,
   * not accepted.
   */
  event: 'refused' | 'dropped' | 'stalled';
  at: string;
  destination: string;
  session: string;
  transaction: number;
  source: string;
  phase: 'connect' | 'mail' | 'rcpt' | 'data' | 'dot';
  /** Basic code, and the whole text of the reply; null where none was sent. */
  code: number | null;
  reply: string | null;
  recipient: string | null;
}

export type JournalRow = AcceptedRow | OtherRow;

/** Lines for every accepted recipient of one message, each ending in LF. `head` is `sessionHead(…)`. */
export function acceptedLines(head: string, message: Message): string {
  const common = `,"mailFrom":${JSON.stringify(message.mailFrom)},"messageId":${JSON.stringify(
    message.messageId,
  )},"bytes":${message.bytes},"headerDeliveryId":${JSON.stringify(message.deliveryId)}`;
  const start = `{"event":"accepted","at":"${new Date().toISOString()}",${head},"transaction":${message.transaction}`;
  let lines = '';
  for (const recipient of message.recipients) {
    lines += `${start},"recipient":${JSON.stringify(recipient)}${common}}\n`;
  }
  return lines;
}

export function otherLine(head: string, row: Omit<OtherRow, 'at' | HeadField>): string {
  const { event, transaction, phase, code, reply, recipient } = row;
  const rest = JSON.stringify({ transaction, phase, code, reply, recipient }).slice(1);
  return `{"event":"${event}","at":"${new Date().toISOString()}",${head},${rest}\n`;
}

/** The fields that are the same on every line of one session. */
export function sessionHead(destination: string, session: string, source: string): string {
  return JSON.stringify({ destination, session, source }).slice(1, -1);
}

type HeadField = 'destination' | 'session' | 'source';
