/**
 * From what the SMTP session says of a recipient to what the core judges, and from the core's outcome to the log's row.
 * The facts of the attempt travel with the answer, so that nothing has to be looked up again.
 */
import type { DueDelivery, Outcome } from '@hikyaku/db/worker';
import type { Command, Permanence, Phase, Row, RowOutcome, Verdictable } from '@hikyaku/delivery';
import { classify, type Phase as ReplyPhase } from '@hikyaku/replies';
import type { Failure, RecipientResult, Transaction, TransactionResult } from '@hikyaku/smtp';

/** A row as it was read, and as the core knows it. */
export type LoopRow = DueDelivery & Row;

/** One envelope on its way, as the session carries it. */
export interface Envelope extends Transaction {
  readonly transactionId: number;
  readonly rows: readonly LoopRow[];
  readonly mode: Outcome['mode'];
  readonly session: SessionFacts;
}

/** What is the same for all transactions of a session, as the log keeps it. */
export type SessionFacts = Pick<Outcome, 'source' | 'mxHost' | 'mxAddress' | 'session' | 'tls'>;

/** What is the same for all recipients of a result. */
type ResultFacts = SessionFacts &
  Pick<Outcome, 'atMs' | 'transaction' | 'mode' | 'envelopeMs' | 'dotMs' | 'sizeBytes'>;

interface AttemptFacts extends Pick<Outcome, 'phase' | 'code' | 'enhanced' | 'text'> {
  of: ResultFacts;
}

type Answer = Verdictable & { facts: AttemptFacts };

/** `own`: our addresses and names; a reply that contains one speaks of us, not of the recipient. */
export function answersOf(
  envelope: Envelope,
  result: TransactionResult,
  own: readonly string[],
  atMs: number,
): Answer[] {
  const { source, mxHost, mxAddress, session, tls } = envelope.session;
  const of: ResultFacts = {
    source,
    mxHost,
    mxAddress,
    session,
    tls,
    atMs,
    mode: envelope.mode,
    transaction: result.number,
    envelopeMs: whole(result.timings.envelopeMs),
    dotMs: whole(result.timings.dotMs),
    sizeBytes: result.bytes,
  };
  return result.recipients.map((one) => {
    const domain = envelope.rows[one.index]?.domain ?? '';
    const found = categoryOf(one, domain, envelope.session.mxHost, own);
    return {
      index: one.index,
      kind: KINDS[one.disposition],
      phase: PHASES[one.command] ?? 'connect',
      code: one.disposition === 'unknown' ? null : (one.reply?.code ?? null),
      category: found.name,
      scope: one.scope,
      permanence: found.permanence ?? one.permanence,
      isRcptWritten: one.command !== 'MAIL' || one.reply !== undefined,
      facts: {
        of,
        phase: one.command,
        code: one.reply?.code ?? null,
        enhanced: one.reply?.enhanced ?? found.enhanced,
        text: textOf(one),
      },
    };
  });
}

/** The log's row of an outcome. `nowMs`: for rows that were bounced without a session. `fencedAtMs`: of its fence. */
export function logRowOf(
  command: Extract<Command, { type: 'settle' }>,
  outcome: RowOutcome,
  lane: { source: string },
  nowMs: number,
  fencedAtMs: number | null,
): Outcome {
  const { row, state, disposition, nextAttemptMs, category, isUnfenced } = outcome;
  const { of, phase, code, enhanced, text } =
    (outcome.answer as Answer | undefined)?.facts ?? unroutableFacts(outcome, lane, nowMs);
  // Field by field: an object that is spread and added to is copied as often as it outgrows its room.
  return {
    source: of.source,
    mxHost: of.mxHost,
    mxAddress: of.mxAddress,
    session: of.session,
    tls: of.tls,
    atMs: of.atMs,
    transaction: of.transaction,
    mode: of.mode,
    envelopeMs: of.envelopeMs,
    dotMs: of.dotMs,
    sizeBytes: of.sizeBytes,
    phase,
    code,
    enhanced,
    text,
    tenantId: row.tenantId,
    id: row.id,
    laneId: command.laneId,
    epoch: command.epoch,
    state,
    disposition,
    nextAttemptMs,
    category,
    isUnfenced,
    attemptsBefore: row.attempts,
    fencedAtMs,
  };
}

/** How a session failed to open, or was cut, in the core's words. */
export function troubleOf(failure: Failure, site: string, mxHost: string, own: readonly string[]) {
  const { name } = categoryOf({ ...failure, disposition: 'refused' }, site, mxHost, own);
  return {
    category: name,
    phase: PHASES[failure.command] ?? 'connect',
    code: failure.reply?.code ?? null,
    isReset: failure.systemCode === 'ECONNRESET',
  };
}

function unroutableFacts(
  { destination }: RowOutcome,
  lane: { source: string },
  nowMs: number,
): AttemptFacts {
  const { code, enhanced, text } = destination as unknown as Pick<
    Outcome,
    'code' | 'enhanced' | 'text'
  >;
  const none = { transaction: 0, envelopeMs: null, dotMs: null, sizeBytes: 0, tls: null };
  return {
    of: {
      ...none,
      source: lane.source,
      mxHost: '',
      mxAddress: '',
      session: '',
      atMs: nowMs,
      mode: 'one_to_one',
    },
    phase: 'DNS',
    code,
    enhanced,
    text,
  };
}

interface CategoryFound {
  name: string;
  permanence?: Permanence;
  enhanced: string | null;
}

function categoryOf(
  result: Failure & Pick<RecipientResult, 'disposition'>,
  site: string,
  mx: string,
  own: readonly string[],
): CategoryFound {
  if (result.disposition === 'accepted') return { name: 'accepted', enhanced: null };
  if (result.disposition === 'unknown') return { name: 'unknown', enhanced: null };
  const phase = REPLY_PHASES[result.command];
  if (result.reply && phase) {
    const found = classify({
      site,
      phase,
      command: result.command,
      code: result.reply.code,
      text: result.reply.text,
      mx,
      own,
    });
    return { name: found.category, permanence: found.permanence, enhanced: found.enhanced };
  }
  const isNonsense = result.reason === 'garbage-reply' || result.reason === 'unexpected-reply';
  return (
    REASONS[result.reason ?? ''] ?? { name: isNonsense ? 'protocol' : 'network', enhanced: null }
  );
}

const KINDS = {
  accepted: 'answered',
  refused: 'answered',
  unknown: 'answered',
  abandoned: 'returned',
  'carried-over': 'carried-over',
} as const satisfies Record<RecipientResult['disposition'], Verdictable['kind']>;

/** Decided here, before the server was asked. */
const REASONS: Record<string, CategoryFound | undefined> = {
  'address-invalid': { name: 'bad-address', permanence: 'permanent', enhanced: '5.1.3' },
  'eight-bit-unsupported': { name: 'format', permanence: 'permanent', enhanced: '5.6.3' },
  'smtputf8-unsupported': { name: 'format', permanence: 'permanent', enhanced: '5.6.7' },
  'too-big': { name: 'too-big', permanence: 'permanent', enhanced: '5.3.4' },
};

const PHASES: Record<string, Phase | undefined> = {
  GREETING: 'greeting',
  EHLO: 'ehlo',
  HELO: 'ehlo',
  STARTTLS: 'starttls',
  TLS: 'starttls',
  MAIL: 'mail',
  RCPT: 'rcpt',
  DATA: 'data',
  CONTENT: 'content',
  DOT: 'dot',
};

const REPLY_PHASES: Record<string, ReplyPhase | undefined> = {
  GREETING: 'greeting',
  EHLO: 'ehlo',
  HELO: 'ehlo',
  STARTTLS: 'starttls',
  MAIL: 'mail',
  RCPT: 'rcpt',
  DATA: 'data',
  DOT: 'dot',
};

/** Postgres text holds no NUL; a reply is cut long before it could hurt the log. */
function textOf(result: RecipientResult): string {
  return (result.reply?.text ?? describe(result)).replaceAll('\0', '').slice(0, 2_000);
}

function describe(result: RecipientResult): string {
  const system = result.systemCode ? ` (${result.systemCode})` : '';
  if (result.disposition === 'unknown')
    return `No usable reply after the final dot: ${result.reason ?? 'lost'}${system}`;
  return `${result.reason ?? 'failed'} at ${result.command}${system}`;
}

function whole(ms: number | undefined): number | null {
  return ms === undefined ? null : Math.round(ms);
}
