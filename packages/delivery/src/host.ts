/**
 * Between the core and SMTP sessions that pull their work (ADR 0005): the hooks of a session become events, the core's
 * commands become their answers. Pure; the worker and the simulator bring sockets, database and clock as a port.
 * Invariant: events are taken one at a time, in order, also those that come while a command is being performed.
 */
import type { Command } from './engine/commands.ts';
import type { Event, Verdictable } from './engine/events.ts';
import type { Now } from './engine/facts.ts';
import { createState, type EngineSettings, type EngineState } from './engine/state.ts';
import { step } from './engine/step.ts';
import { mayComplete } from './engine/transaction-steps.ts';

export class EngineHost<T extends HostedTransaction, R extends HostedResult> {
  readonly #state: EngineState;
  readonly #port: HostPort<T, R>;
  readonly #events: Event[] = [];
  readonly #asks = new Map<number, Reply<T | 'quit'>>();
  readonly #fences = new Map<number, Reply<readonly number[]>>();
  /** Results that wait for the log, by transaction, oldest first. */
  readonly #results = new Map<number, Reply<void>[]>();
  #isBusy = false;

  constructor(settings: EngineSettings, port: HostPort<T, R>) {
    this.#state = createState(settings);
    this.#port = port;
  }

  /** For health, metrics and the simulator's invariants; not to be changed. */
  get state(): Readonly<EngineState> {
    return this.#state;
  }

  dispatch(event: Event): void {
    this.#events.push(event);
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      for (let next = this.#events.shift(); next; next = this.#events.shift())
        for (const command of step(this.#state, this.#port.now(), next)) this.#perform(command);
    } finally {
      this.#isBusy = false;
    }
    if (event.type === 'session-ended') this.#asks.delete(event.sessionId);
  }

  /** The hooks of a session that has opened. */
  work(sessionId: number): HostedWork<T, R> {
    return {
      next: () => {
        const reply = new Reply<T | 'quit'>();
        this.#asks.set(sessionId, reply);
        this.dispatch({ type: 'session-asks', sessionId });
        return reply.take();
      },
      fence: ({ transactionId }, accepted) => {
        const reply = new Reply<readonly number[]>();
        this.#fences.set(transactionId, reply);
        this.dispatch({ type: 'fence-asked', transactionId, accepted });
        return reply.take();
      },
      mayComplete: ({ transactionId }) => mayComplete(this.#state, transactionId, this.#port.now()),
      settle: (transaction, result) => {
        const { transactionId } = transaction;
        const reply = new Reply<void>();
        const waiting = this.#results.get(transactionId);
        if (waiting) waiting.push(reply);
        else this.#results.set(transactionId, [reply]);
        const recipients = this.#port.classify(transaction, result);
        this.dispatch({ type: 'result', transactionId, isFinal: result.isFinal, recipients });
        return reply.take();
      },
    };
  }

  #perform(command: Command): void {
    switch (command.type) {
      case 'send':
        this.#send(command);
        break;
      case 'quit':
        this.#answerAsk(command.sessionId, 'quit');
        break;
      case 'answer-fence':
        this.#fences.get(command.transactionId)?.give(command.held);
        this.#fences.delete(command.transactionId);
        break;
      case 'release-result':
        this.#release(command.transactionId);
        break;
      default:
        this.#port.perform(command);
    }
  }

  #send(command: SendCommand): void {
    const { transactionId } = command;
    const transaction = this.#port.compose(command);
    if (transaction) this.#answerAsk(command.sessionId, transaction);
    else this.dispatch({ type: 'not-composed', transactionId });
  }

  #answerAsk(sessionId: number, answer: T | 'quit'): void {
    this.#asks.get(sessionId)?.give(answer);
    this.#asks.delete(sessionId);
  }

  #release(transactionId: number): void {
    const waiting = this.#results.get(transactionId);
    waiting?.shift()?.give();
    if (waiting?.length === 0) this.#results.delete(transactionId);
  }
}

/** An answer that is there at once, or a promise of it: a session that has it at once saves a flight. */
class Reply<V> {
  #isGiven = false;
  #value: V | undefined;
  #resolve: ((value: V) => void) | undefined;

  give(value: V): void {
    this.#isGiven = true;
    this.#value = value;
    this.#resolve?.(value);
  }

  take(): V | Promise<V> {
    if (this.#isGiven) return this.#value as V;
    return new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }
}

/** What the worker, or the simulator, does for the core. */
export interface HostPort<T, R> {
  now(): Now;
  /** Performs a command and answers it with the event that `Command` names, now or later. */
  perform(command: PortCommand): void;
  /** The envelope and content for a session; undefined where it cannot be made. */
  compose(command: SendCommand): T | undefined;
  /** What the core needs of a result. The facts of the attempt stay with the port, until they are settled. */
  classify(transaction: T, result: R): readonly Verdictable[];
}

export type SendCommand = Extract<Command, { type: 'send' }>;
export type PortCommand = Exclude<
  Command,
  { type: 'send' | 'quit' | 'answer-fence' | 'release-result' }
>;

/** The part of packages/smtp's Transaction, TransactionResult and SessionWork that is used here. */
export type HostedTransaction = { readonly transactionId: number };
export type HostedResult = { readonly isFinal: boolean };
export interface HostedWork<T, R> {
  next(): T | 'quit' | Promise<T | 'quit'>;
  fence(
    transaction: T,
    accepted: readonly number[],
  ): readonly number[] | Promise<readonly number[]>;
  mayComplete(transaction: T): boolean;
  settle(transaction: T, result: R): void | Promise<void>;
}
