/**
 * A failure to open a session, told in one sentence: what happened, why, and what to do.
 */
import type { Failure } from '../outcome.ts';
import type { SessionCounts, SessionFailure } from '../session-end.ts';

export const noCounts: Readonly<SessionCounts> = {
  transactions: 0,
  completed: 0,
  roundTrips: 0,
  bytesOut: 0,
  bytesIn: 0,
};

export function describe(
  target: { host: string; port: number },
  failure: Failure,
  counts: SessionCounts,
): SessionFailure {
  const where = `${target.host}:${target.port}`;
  return {
    ...failure,
    message: `No session with ${where}: ${why(failure)}`,
    counts: { ...counts },
  };
}

function why(failure: Failure): string {
  const { command, reply, reason, systemCode, detail } = failure;
  const cause = systemCode === undefined ? '' : ` (${systemCode})`;
  if (reason === 'tls-required')
    return `TLS is required, but ${reply === undefined ? 'it is not offered' : `STARTTLS was answered ${reply}`}. Try another host, or allow plaintext.`;
  if (reason === 'tls-failed')
    return `the TLS handshake failed${cause}. Check certificate and protocol version.`;
  if (reason === 'auth-unavailable')
    return 'no way to sign in that both sides allow was offered (by default only under TLS).';
  if (reason === 'timeout') return `nothing came in time at ${command}${cause}. Try again later.`;
  if (reason === 'garbage-reply' || reason === 'reply-flood' || reason === 'unexpected-reply')
    return `the answer to ${command} is no SMTP reply: ${detail ?? reply?.toString() ?? 'endless'}.`;
  if (reply !== undefined) return `${command} was answered ${reply}. Try another host, or later.`;
  return `${reason ?? 'lost'} at ${command}${cause}. Try another host, or later.`;
}
