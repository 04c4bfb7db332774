/**
 * The policy over failures, in one place: what a reply to a command means, whose fault it is, whether it may pass.
 * Finer categories (dead mailbox, block, full …) are the business of packages/replies.
 */
import type { Command, Failure, Permanence, Reason, Scope } from './outcome.ts';
import type { Reply } from './reply.ts';
import type { EndReason } from './session-end.ts';

/** How the session reads a code as an answer to a command. 'nonsense' cannot answer it: the replies have shifted. */
export type Verdict = 'yes' | 'go-on' | 'no' | 'leave' | 'nonsense';

/** @param code 200–599 */
export function readCode(command: Command, code: number): Verdict {
  if (code === 421) return 'leave';
  if (code >= 400) return 'no';
  if (command === 'QUIT') return 'yes';
  if (code >= 300) {
    if (command === 'DATA') return code === 354 ? 'go-on' : 'nonsense';
    return command === 'AUTH' && code === 334 ? 'go-on' : 'nonsense';
  }
  // 220 greets and 221 takes leave: neither can accept mail.
  const isGreeting = command === 'GREETING' || command === 'STARTTLS';
  if (code === 221 || (code === 220 && !isGreeting)) return 'nonsense';
  return 'yes';
}

/** A refusal of MAIL, RCPT, DATA or the dot. */
export function judgeRefusal(command: Command, reply: Reply): Failure {
  const { code } = reply;
  if (code === 421) return { command, reply, scope: 'session', permanence: 'transient' };
  // "Unknown command", "not implemented", "bad sequence": the conversation failed, not the recipient.
  if (command !== 'DOT' && (code === 500 || code === 502 || code === 503))
    return { command, reply, scope: 'session', permanence: 'transient' };
  const permanence: Permanence = code >= 500 ? 'permanent' : 'transient';
  return { command, reply, scope: scopeOf(command, reply), permanence };
}

function scopeOf(command: Command, reply: Reply): Scope {
  if (command === 'RCPT') return 'recipient';
  if (command !== 'MAIL') return 'message';
  const subject = reply.enhanced?.slice(2) ?? '';
  // Sender address, size, format: this message. Anything else at MAIL is said to us as a sender.
  const isAboutMessage = /^(?:1\.[78]|3\.4|6\.\d+|5\.4)$/.test(subject);
  return isAboutMessage || [501, 552, 553, 555].includes(reply.code) ? 'message' : 'site';
}

/** A session that could not be opened: a greeting or EHLO refused is about this host, now, whatever its class. */
export function judgeOpening(command: Command, reply: Reply): Failure {
  if (command === 'AUTH' && reply.code >= 500)
    return { command, reply, scope: 'site', permanence: 'permanent' };
  return { command, reply, scope: 'session', permanence: 'transient' };
}

/** A failure without a usable reply, before the end of a message was written. */
export function failureOf(command: Command, reason: Reason, systemCode?: string): Failure {
  const failure: Failure = { command, reason, scope: 'session', permanence: 'transient' };
  if (systemCode !== undefined) failure.systemCode = systemCode;
  return failure;
}

/**
 * Whether another session may be opened at once, without penalty.
 * @param completed messages that the session got accepted
 */
export function mayReopen(
  reason: EndReason,
  failure: Failure | undefined,
  completed: number,
): boolean {
  if (['quit', 'limit', 'idle-closed', 'abandoned'].includes(reason)) return true;
  // 421 behind a message that was taken is how servers tell a session limit. RSET refused says nothing about us.
  const isBehindMessage = failure?.command === 'MAIL' && completed > 0;
  return reason === 'refused' && (isBehindMessage || failure?.command === 'RSET');
}

const FULL = /quota|full|storage|exceeded the|mail data|size|over ?limit/i;

/**
 * Whether a refused RCPT should be put into the next transaction instead: the server takes no more *in this one*.
 * RFC 5321 §4.5.3.1.10; a 452 to the first RCPT does not mean that, and 552 may mean a full mailbox.
 */
export function isCarryOver(
  reply: Reply,
  acceptedBefore: number,
  wasCarriedOver: boolean,
): boolean {
  if (acceptedBefore === 0 || reply.code === 421) return false;
  const isTooMany = reply.enhanced?.endsWith('.5.3') === true || /too many/i.test(reply.text);
  if (reply.code >= 500) {
    if (reply.code !== 552) return false;
    return (
      isTooMany ||
      (reply.enhanced?.slice(1) !== '.2.2' && !FULL.test(reply.text) && !wasCarriedOver)
    );
  }
  return isTooMany || !wasCarriedOver;
}
