/**
 * From what a session of packages/smtp says to what the core judges: the simulator's half of what the worker does with
 * sockets, over the same classifier.
 */
import type { SessionEnding, SessionTrouble, Verdictable } from '@hikyaku/delivery';
import { classify, type Phase as ReplyPhase } from '@hikyaku/replies';
import type { Command, Failure, RecipientResult, SessionEnd } from '@hikyaku/smtp';

/** One recipient's result, by its domain. */
export function verdictableOf(result: RecipientResult, domain: string): Verdictable {
  const { disposition, index, command, reply, scope } = result;
  const category = categoryOf(result, domain, disposition);
  return {
    index,
    kind:
      disposition === 'abandoned'
        ? 'returned'
        : disposition === 'carried-over'
          ? 'carried-over'
          : 'answered',
    phase: PHASES[command] ?? 'connect',
    code: disposition === 'unknown' ? null : (reply?.code ?? null),
    category: category.name,
    scope,
    permanence: category.permanence ?? result.permanence,
    isRcptWritten: !(command === 'MAIL' && reply === undefined),
  };
}

/** Why a session did not open, or how it was cut. */
export function troubleOf(failure: Failure, domain: string): SessionTrouble {
  const { command, reply, reason } = failure;
  return {
    category: categoryOf(failure, domain, 'refused').name,
    phase: PHASES[command] ?? 'connect',
    code: reply?.code ?? null,
    isReset: command === 'CONNECT' && reason === 'connection-lost',
  };
}

export function endingOf(end: SessionEnd, domain: string): SessionEnding {
  const { failure, counts, reason } = end;
  // An envelope whose MAIL went out behind the last message the server took was never begun for the server.
  const isBetween = failure?.command === 'IDLE' || failure?.command === 'MAIL';
  const unbegun = failure?.command === 'MAIL' && counts.transactions > 1 ? 1 : 0;
  return {
    canReopen: end.canReopen,
    completed: counts.completed,
    transactions: counts.transactions - unbegun,
    isSilentClose:
      reason === 'idle-closed' &&
      isBetween &&
      failure?.reply === undefined &&
      failure?.reason === 'connection-closed' &&
      counts.completed > 0,
    failure: failure && troubleOf(failure, domain),
  };
}

function categoryOf(
  failure: Failure,
  domain: string,
  disposition: string,
): { name: string; permanence?: 'transient' | 'permanent' | 'unknown' } {
  if (disposition === 'accepted' || disposition === 'unknown') return { name: disposition };
  const { reply, command, reason } = failure;
  const phase = REPLY_PHASES[command];
  if (reply !== undefined && phase !== undefined) {
    const { code, text } = reply;
    const found = classify({ site: domain, phase, command, code, text, mx: domain, own: OWN });
    return { name: found.category, permanence: found.permanence };
  }
  const isNonsense = reason === 'garbage-reply' || reason === 'unexpected-reply';
  return { name: isNonsense ? 'protocol' : 'network' };
}

const OWN = ['mta.sender.test'];

const PHASES: Partial<Record<Command, Verdictable['phase']>> = {
  GREETING: 'greeting',
  EHLO: 'ehlo',
  HELO: 'ehlo',
  MAIL: 'mail',
  RCPT: 'rcpt',
  DATA: 'data',
  CONTENT: 'content',
  DOT: 'dot',
};

const REPLY_PHASES: Partial<Record<Command, ReplyPhase>> = {
  GREETING: 'greeting',
  EHLO: 'ehlo',
  HELO: 'ehlo',
  MAIL: 'mail',
  RCPT: 'rcpt',
  DATA: 'data',
  DOT: 'dot',
};
