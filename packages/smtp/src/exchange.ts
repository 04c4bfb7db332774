/**
 * Transactions on an open session: pulls envelopes from the work, writes them into flights, pairs replies, fences, settles.
 * A message is completed only with MAIL and RCPT accepted, 354 to DATA, a fence that said yes, and mayComplete().
 * RFC 5321 §4.1.4, RFC 2920; shared/design/delivery-engine.md §1, §2.
 */
import { END_MARK, QUIT } from './commands.ts';
import { dressContent } from './content.ts';
import { EnvelopeWriter, type ExchangeFacts } from './envelope-writer.ts';
import { failureOf, judgeRefusal, mayReopen, readCode } from './judge.ts';
import type { Command, Failure, Reason } from './outcome.ts';
import type { Reply } from './reply.ts';
import { RunningTransaction } from './running-transaction.ts';
import type { EndReason, SessionEnd } from './session-end.ts';
import type { SessionWork, Transaction } from './transaction.ts';
import type { Expectation, Wire } from './wire.ts';
import { WorkSide } from './work-side.ts';

/** Content above this is written apart from its end mark, so that a loss on the way is known to be no delivery. */
const LARGE_BYTES = 262_144;

export type ExchangePort = {
  /** Milliseconds, monotonic. */
  now(): number;
  /** Writes what the wire holds as one flight. */
  flush(): void;
  /** Writes nothing more, not even what waits in buffers. */
  destroy(): void;
  /** The exchange is over and all is settled; with `isQuitSaid` QUIT has been written and not answered. */
  onEnd(end: Omit<SessionEnd, 'counts'>): void;
};

export class Exchange<T extends Transaction> {
  readonly #wire: Wire;
  readonly #work: WorkSide<T>;
  readonly #port: ExchangePort;
  readonly #facts: ExchangeFacts;
  readonly #writer: EnvelopeWriter;
  /** Its content was completed, the dot's reply is awaited. */
  #dot: RunningTransaction<T> | undefined;
  /** Its envelope is being written or answered, or its fence awaited. */
  #envelope: RunningTransaction<T> | undefined;
  /** Fences that are pending, of transactions whose session has ended. */
  #orphans = 0;
  /** Why nothing more is asked for. */
  #stop: EndReason | undefined;
  #isQuitSaid = false;
  #isPumping = false;
  #end: Omit<SessionEnd, 'counts'> | undefined;
  #isReported = false;

  constructor(wire: Wire, work: SessionWork<T>, port: ExchangePort, facts: ExchangeFacts) {
    this.#wire = wire;
    this.#work = new WorkSide(work, {
      onNext: (answer, isLate) => {
        this.#take(answer);
        if (isLate) this.pump();
      },
      onLateFence: (running) => this.#onLateFence(running),
      onLateSettle: () => {
        this.pump();
        this.#report();
      },
      onFailed: () => this.#onWorkFailed(),
    });
    this.#port = port;
    this.#facts = facts;
    this.#writer = new EnvelopeWriter(wire, () => port.now(), facts);
  }

  /** Nothing is under way: the session just stays open. */
  get isIdle(): boolean {
    return this.#dot === undefined && this.#envelope === undefined && !this.#isQuitSaid;
  }

  /** Content is being written whose end mark has not been handed over. */
  get isPouring(): boolean {
    return this.#envelope?.pour === 'flowing';
  }

  /** Finishes what is under way, asks for nothing more, says QUIT. */
  stop(reason: EndReason) {
    this.#stop ??= reason;
    this.pump();
  }

  /** Does all that can be done now, in one flight. Called after every input. */
  pump() {
    if (this.#isPumping || this.#end !== undefined) return;
    this.#isPumping = true;
    while (this.#end === undefined && this.#advance());
    this.#isPumping = false;
    if (this.#end === undefined) this.#port.flush();
    this.#report();
  }

  // ── What the server says ────────────────────────────────────────────────────────────────────────────────────────────

  /** One reply; the caller pumps when it has passed on all that came in. */
  onReply(expected: Expectation, code: number) {
    if (this.#end !== undefined) return;
    const { command } = expected;
    const verdict = readCode(command, code);
    if (command === 'QUIT') return this.#finish(this.#stop ?? 'quit', undefined);
    if (verdict === 'leave') return this.#onLeave(expected, this.#wire.takeReply());
    if (verdict === 'nonsense')
      return this.onNonsense('garbage-reply', this.#wire.takeReply(), undefined, command);
    if (command === 'DOT')
      return expected.isIgnored ? undefined : this.#onDotReply(verdict === 'yes');
    if (command === 'RSET')
      return verdict === 'yes' ? undefined : this.#onResetRefused(this.#wire.takeReply());
    const envelope = this.#envelope;
    if (envelope === undefined) return;
    if (command === 'MAIL') {
      if (verdict === 'yes') envelope.isMailAccepted = true;
      else envelope.refuseMail(this.#wire.takeReply());
    } else if (command === 'RCPT') {
      envelope.unanswered -= 1;
      if (verdict === 'yes') {
        // An accepted RCPT stands even behind a refused MAIL, as far as RSET is concerned.
        if (envelope.isMailRefused) this.#writer.needsReset = true;
        envelope.acceptRecipient(expected.index);
      } else envelope.refuseRecipient(expected.index, this.#wire.takeReply());
    } else if (command === 'DATA') this.#onDataReply(envelope, verdict);
  }

  #onDataReply(envelope: RunningTransaction<T>, verdict: 'yes' | 'go-on' | 'no') {
    envelope.dataAtMs = this.#port.now();
    if (verdict === 'go-on') envelope.data = 'go-on';
    else if (verdict === 'no') {
      envelope.data = 'refused';
      if (envelope.accepted > 0)
        envelope.resolveRest('refused', judgeRefusal('DATA', this.#wire.takeReply()));
    } else if (!this.#facts.isPipelining && this.#wire.isQuiet) {
      // Some servers answer 250 and mean 354. Only where no reply can have shifted.
      envelope.data = 'go-on';
    } else this.onNonsense('garbage-reply', this.#wire.takeReply(), undefined, 'DATA');
  }

  #onDotReply(isAccepted: boolean) {
    const done = this.#dot;
    if (done === undefined) return;
    this.#dot = undefined;
    done.dotAtMs = this.#port.now();
    const reply = this.#wire.takeReply();
    if (isAccepted) {
      this.#wire.counts.completed += 1;
      done.resolveRest('accepted', {
        command: 'DOT',
        scope: 'recipient',
        permanence: 'permanent',
        reply,
      });
    } else done.resolveRest('refused', judgeRefusal('DOT', reply));
    this.#work.tell(done);
  }

  #onResetRefused(reply: Reply) {
    const failure: Failure = { command: 'RSET', scope: 'session', permanence: 'transient', reply };
    this.#giveUp('refused', failure, failure);
  }

  /** 421: to its own command a known refusal; what stood behind it is given back. */
  #onLeave(expected: Expectation, reply: Reply) {
    const { command } = expected;
    const failure: Failure = { command, scope: 'session', permanence: 'transient', reply };
    if (command === 'DOT' && !expected.isIgnored && this.#dot !== undefined) {
      this.#dot.resolveRest('refused', failure);
    } else if (this.#isOwn(command)) this.#envelope?.resolveRest('refused', failure);
    this.#giveUp('refused', failure, failure);
  }

  /**
   * Whether a failure at this command is the envelope's own. At MAIL behind another message it is not: that is how servers
   * tell a session limit.
   */
  #isOwn(command: Command): boolean {
    const envelope = this.#envelope;
    if (envelope === undefined) return false;
    if (command === 'MAIL') return envelope.number === 1;
    return command === 'RCPT' || command === 'DATA';
  }

  /** The replies make no sense. Nothing is bounced for it, and the session is not used again. */
  onNonsense(
    reason: Reason,
    reply: Reply | undefined,
    detail: string | undefined,
    command?: Command,
  ) {
    if (this.#end !== undefined) return;
    if (reason === 'unexpected-reply' && reply?.code === 421) return this.#onUnaskedLeave(reply);
    const at = command ?? this.#place();
    const failure: Failure = { ...failureOf(at, reason), reply, detail };
    if (this.#isQuitSaid && this.#dot === undefined)
      return this.#finish(this.#stop ?? 'quit', undefined);
    // While the fence is awaited nothing was asked of the server: then it is our side that took too long.
    const isAsked = command !== undefined || this.#wire.head !== undefined;
    if (isAsked && this.#isOwn(at)) this.#envelope?.resolveRest('refused', failure);
    if (at === 'CONTENT' && reply !== undefined && reply.code >= 400)
      this.#envelope?.resolveRest('refused', judgeRefusal('CONTENT', reply));
    this.#giveUp('protocol', failure, failure);
  }

  /** 421 while nothing was asked: a server that closes an idle session says so. */
  #onUnaskedLeave(reply: Reply) {
    const command = this.#place();
    const failure: Failure = { command, scope: 'session', permanence: 'transient', reply };
    if (command === 'CONTENT') this.#envelope?.resolveRest('refused', failure);
    this.#giveUp(this.isIdle ? 'idle-closed' : 'refused', failure, failure);
  }

  /** The step that the session stands at, for a failure that no reply names. */
  #place(): Command {
    const head = this.#wire.head;
    if (head !== undefined) return head.command;
    if (this.#envelope !== undefined && this.#envelope.pour !== 'no') return 'CONTENT';
    return this.#envelope === undefined ? 'IDLE' : 'DATA';
  }

  /** The caller wants it gone, now. */
  onDestroyed() {
    if (this.#end !== undefined) return;
    const failure = failureOf(this.#place(), 'drained');
    this.#giveUp(this.isIdle ? 'drained' : 'abandoned', undefined, failure);
  }

  /** The connection is gone, or a deadline passed. All that had come in was passed on before. */
  onLost(reason: Reason, systemCode?: string) {
    if (this.#end !== undefined) return;
    if (this.#isQuitSaid && this.#dot === undefined)
      return this.#finish(this.#stop ?? 'quit', undefined);
    const at = this.#place();
    const failure = failureOf(at, reason, systemCode);
    const isBetween =
      this.isIdle || (at === 'MAIL' && !this.#isOwn('MAIL') && reason !== 'timeout');
    const isOwn = this.#wire.isQuiet ? at === 'CONTENT' : this.#isOwn(at);
    if (isOwn) this.#envelope?.resolveRest('refused', failure);
    this.#giveUp(isBetween ? 'idle-closed' : 'lost', failure, failure);
  }

  /** Large content has left; its end may follow. */
  onDrained() {
    if (this.#envelope?.pour === 'flowing') this.#envelope.pour = 'left';
    this.pump();
  }

  // ── What we say ─────────────────────────────────────────────────────────────────────────────────────────────────────

  /** One step forward; false when only an input can help. */
  #advance(): boolean {
    const envelope = this.#envelope;
    if (envelope === undefined) return this.#advanceEmpty();
    if (envelope.cursor === 0 && envelope.isResolved) return this.#close(envelope);
    this.#writer.write(envelope);
    this.#startFence(envelope);
    if (!envelope.isEnvelopeAnswered || envelope.fence === 'pending') return false;
    if (envelope.isResolved) return this.#closeAnswered(envelope);
    if (envelope.hasUntold) this.#work.tell(envelope);
    if (envelope.fence === 'yes') return this.#complete(envelope);
    // A fence that said no is acted upon once nobody else's verdict is awaited.
    if (envelope.fence === 'no' && this.#dot === undefined) this.#abandon(envelope);
    return false;
  }

  #advanceEmpty(): boolean {
    const mayWrite = this.#facts.isPipelining || (this.#wire.isQuiet && this.#dot === undefined);
    if (this.#isQuitSaid || !mayWrite) return false;
    if (this.#writer.isAtLimit) this.#stop ??= 'limit';
    if (this.#stop !== undefined) {
      // QUIT behind the last message, never MAIL: a server that closes with unread input resets, and its 250 is lost.
      this.#isQuitSaid = true;
      this.#wire.say(QUIT, 'QUIT', 'quitMs');
      return false;
    }
    if (this.#work.isAsking) return false;
    this.#work.ask();
    return this.#envelope !== undefined || this.#stop !== undefined;
  }

  #take(answer: T | 'quit') {
    if (answer === 'quit') {
      this.#stop ??= 'quit';
      return;
    }
    const running = new RunningTransaction<T>(answer, this.#writer.number + 1);
    if (this.#end !== undefined || this.#stop !== undefined) {
      running.resolveRest(
        'abandoned',
        failureOf('IDLE', this.#stop === 'drained' ? 'drained' : 'session-ended'),
      );
      this.#work.tell(running);
      return;
    }
    running.refuseLocally(this.#facts.capabilities, this.#writer.recipientsMax);
    this.#envelope = running;
  }

  #startFence(envelope: RunningTransaction<T>) {
    if (envelope.fence !== 'not-started' || envelope.cursor === 0 || envelope.isResolved) return;
    const isOneToOne = envelope.recipientCount === 1;
    const isAnswered = envelope.cursor > envelope.recipientCount && envelope.unanswered === 0;
    const hasSomebody = envelope.isMailAccepted && envelope.accepted > 0;
    if (!isOneToOne && !(isAnswered && hasSomebody && envelope.data !== 'refused')) return;
    // After a crash at most two transactions of a session may be in doubt: this one, and one that is not settled.
    if (this.#work.unsettled + (this.#dot === undefined ? 0 : 1) > 1) return;
    this.#work.fence(envelope);
  }

  /** Where the session has ended in between it is told of only now, so that no fence comes after its settle. */
  #onLateFence(envelope: RunningTransaction<T>) {
    if (this.#end === undefined) return this.pump();
    this.#orphans -= 1;
    this.#work.tell(envelope);
    this.#report();
  }

  /** A hook of the caller threw: nothing is completed any more, what was said is listened to. */
  #onWorkFailed() {
    this.#stop = 'work-failed';
    const envelope = this.#envelope;
    if (envelope?.fence === 'not-started' || envelope?.fence === 'yes') {
      envelope.fence = 'no';
      envelope.fenceReason = 'fence-failed';
    }
    this.pump();
  }

  #complete(envelope: RunningTransaction<T>): boolean {
    // Part of a reply is here though nothing was asked: it could be taken for the dot's.
    if (this.#wire.isMidReply) return false;
    if (envelope.pour === 'flowing') return false;
    if (envelope.pour === 'left')
      return this.#work.looksGood(envelope) ? this.#sayDot(envelope) : true;
    const bare = this.#work.contentOf(envelope);
    if (bare === undefined) return true;
    const content = dressContent(bare);
    const isLarge = content.length > LARGE_BYTES || this.#facts.quirks.isDotApart === true;
    if (!this.#work.looksGood(envelope)) return true;
    envelope.bytes = content.length;
    envelope.contentAtMs = this.#port.now();
    this.#wire.pour(content);
    if (!isLarge) return this.#sayDot(envelope);
    envelope.pour = 'flowing';
    return false;
  }

  #sayDot(envelope: RunningTransaction<T>): boolean {
    envelope.endAtMs = this.#port.now();
    this.#wire.say(END_MARK, 'DOT', 'dotMs');
    this.#dot = envelope;
    this.#envelope = undefined;
    return true;
  }

  /** Nobody is left in it: its results are told, and the session goes on. */
  #closeAnswered(envelope: RunningTransaction<T>): boolean {
    if (envelope.data === 'go-on') {
      // RFC 2920 §3.1: 354 though no recipient was accepted. A lone dot ends it; its verdict means nothing.
      if (this.#wire.isMidReply) return false;
      this.#wire.say(END_MARK, 'DOT', 'dotMs', 0, true);
    } else this.#writer.needsReset ||= envelope.isMailAccepted;
    return this.#close(envelope);
  }

  #close(envelope: RunningTransaction<T>): boolean {
    this.#envelope = undefined;
    this.#work.tell(envelope);
    return true;
  }

  /** DATA stands open and must not be completed: the socket goes, and the server drops what it has. RFC 5321 §4.1.1.10. */
  #abandon(envelope: RunningTransaction<T>) {
    const command = envelope.pour === 'no' ? 'DATA' : 'CONTENT';
    const failure = this.#fenceFailure(envelope, command);
    const fenced = envelope.fenced;
    if (fenced !== undefined)
      for (const index of envelope.acceptedIndexes)
        if (fenced.includes(index)) envelope.resolve(index, 'carried-over', failure);
    envelope.resolveRest('abandoned', failure);
    this.#giveUp('abandoned', undefined, failure);
  }

  #fenceFailure(envelope: RunningTransaction<T>, command: Command): Failure {
    return { command, scope: 'message', permanence: 'transient', reason: envelope.fenceReason };
  }

  // ── How it ends ─────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Ends at once. What has no result yet: unknown where its end was written, given back otherwise. */
  #giveUp(reason: EndReason, failure: Failure | undefined, cause: Failure) {
    const dot = this.#dot;
    const envelope = this.#envelope;
    this.#dot = undefined;
    this.#envelope = undefined;
    this.#conclude(reason, failure);
    this.#wire.die();
    this.#port.destroy();
    if (dot !== undefined) {
      dot.resolveRest('unknown', { ...cause, command: 'DOT', permanence: 'unknown' });
      this.#work.tell(dot);
    }
    if (envelope !== undefined) {
      envelope.resolveRest('abandoned', {
        ...cause,
        permanence: 'transient',
        reason: cause.reason ?? 'session-ended',
      });
      if (envelope.fence === 'pending') this.#orphans += 1;
      else this.#work.tell(envelope);
    }
    this.#report();
  }

  #finish(reason: EndReason, failure: Failure | undefined) {
    this.#conclude(reason, failure);
    this.#report();
  }

  /** From here on no hook but settle is called. */
  #conclude(reason: EndReason, failure: Failure | undefined) {
    this.#end ??= {
      reason,
      canReopen: mayReopen(reason, failure, this.#wire.counts.completed),
      isPipeliningSuspect: reason === 'protocol' && this.#facts.isPipelining,
      failure,
    };
  }

  #report() {
    if (this.#end === undefined || this.#isReported) return;
    if (this.#work.unsettled > 0 || this.#orphans > 0) return;
    if (this.#dot !== undefined || this.#envelope !== undefined) return;
    this.#isReported = true;
    const failed = { reason: 'work-failed', canReopen: false, error: this.#work.error } as const;
    this.#port.onEnd(this.#work.hasFailed ? { ...this.#end, ...failed } : this.#end);
  }
}
