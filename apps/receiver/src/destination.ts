/**
 * One destination: its listener, its manners, and the counters that show how it was treated. It lets sessions in,
 * and holds what they share: the verdicts and the acceptance rate.
 */

import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { replyFor } from './address-rules.ts';
import { capabilitiesReply } from './capabilities.ts';
import type { DestinationConfig, Manners } from './config.ts';
import { changeManners } from './config.ts';
import type { DestinationCounts } from './counts.ts';
import { newCounts } from './counts.ts';
import { otherLine, sessionHead } from './journal-rows.ts';
import type { SessionContext, SessionHost } from './session.ts';
import { Session } from './session.ts';
import type { DotVerdict } from './verdicts.ts';
import { Verdicts } from './verdicts.ts';

export class Destination implements SessionHost {
  readonly name: string;
  readonly domains: readonly string[];
  readonly counts: DestinationCounts = newCounts();
  readonly #context: SessionContext;
  readonly #server: Server;
  readonly #wantedPort: number;
  readonly #verdicts: Verdicts;
  readonly #openPerSource = new Map<string, number>();
  readonly #sessions = new Set<Session>();
  #manners: Manners;
  #nextAcceptAtMs = 0;

  constructor(config: DestinationConfig, context: SessionContext) {
    this.name = config.name;
    this.domains = config.domains;
    this.#context = context;
    this.#wantedPort = config.port;
    this.#manners = config.manners;
    this.#verdicts = new Verdicts(config.domains);
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
      this.#accept(socket),
    );
  }

  get manners(): Manners {
    return this.#manners;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Throws `ZodError` and changes nothing when a manner is wrong. Open sessions follow at once. */
  changeManners(change: unknown): Manners {
    this.#manners = changeManners(this.#manners, change);
    return this.#manners;
  }

  /** Rejects with the system's error when the port is taken. */
  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ port: this.#wantedPort, host: '127.0.0.1', backlog: 4096 }, resolve);
    });
  }

  /** Takes no more connections and ends those that are open. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      for (const session of this.#sessions) session.shutDown();
    });
  }

  capabilities(isEncrypted: boolean): string {
    const { hostname, tls } = this.#context;
    return capabilitiesReply(
      this.#manners,
      hostname,
      this.#manners.tls && tls !== null && !isEncrypted,
    );
  }

  recipientRefusal(address: string, source: string): string | null {
    if (this.#isOverRate()) return replyFor(this.#manners.texts.overRate, address);
    return this.#verdicts.recipientRefusal(address, this.#manners, source);
  }

  dotVerdict(recipients: readonly string[]): DotVerdict {
    return this.#verdicts.dotVerdict(recipients, this.#manners);
  }

  /** When the reply that accepts so many recipients may leave (performance.now() clock, ms; 0: at once). */
  acceptAt(recipients: number): number {
    const { acceptRatePerSecond, overRate } = this.#manners;
    if (acceptRatePerSecond === null) return 0;
    const at = Math.max(performance.now(), this.#nextAcceptAtMs);
    this.#nextAcceptAtMs = at + (recipients * 1000) / acceptRatePerSecond;
    return overRate === 'delay' ? at : 0;
  }

  stats(): DestinationStats {
    return { name: this.name, port: this.port, ...this.counts };
  }

  #isOverRate(): boolean {
    const { acceptRatePerSecond, overRate } = this.#manners;
    if (acceptRatePerSecond === null || overRate === 'delay') return false;
    // One second of burst, as servers that count per second allow.
    return this.#nextAcceptAtMs > performance.now() + 1000;
  }

  #accept(socket: Socket): void {
    const source = socket.remoteAddress ?? '';
    const open = this.#openPerSource.get(source) ?? 0;
    const { connectionsMaxPerSource } = this.#manners;
    if (connectionsMaxPerSource !== null && open >= connectionsMaxPerSource) {
      this.#refuseConnection(socket, source);
      return;
    }
    const session = new Session(socket, source, this, this.#context);
    this.#openPerSource.set(source, open + 1);
    this.#sessions.add(session);
    this.counts.sessions += 1;
    this.counts.sessionsOpen += 1;
    this.counts.sessionsPeak = Math.max(this.counts.sessionsPeak, this.counts.sessionsOpen);
    socket.once('close', () => this.#forget(session, source));
    session.start();
  }

  #forget(session: Session, source: string): void {
    this.#sessions.delete(session);
    this.counts.sessionsOpen -= 1;
    const left = (this.#openPerSource.get(source) ?? 1) - 1;
    if (left === 0) this.#openPerSource.delete(source);
    else this.#openPerSource.set(source, left);
  }

  #refuseConnection(socket: Socket, source: string): void {
    const { overConnections, texts } = this.#manners;
    const reply = overConnections === 'reset' ? null : texts.overConnections;
    this.counts.connectionsRefused += 1;
    socket.on('error', () => undefined);
    const { journal } = this.#context;
    const row = { event: 'refused', transaction: 0, phase: 'connect', recipient: null } as const;
    const code = reply === null ? null : Number(reply.slice(0, 3));
    const line = otherLine(sessionHead(this.name, '', source), { ...row, code, reply });
    const ticket = journal?.note(line) ?? 0;
    if (ticket > 0) journal?.whenDurable(ticket, () => turnAway(socket, reply));
    else turnAway(socket, reply);
  }
}

/** Null resets the connection. */
function turnAway(socket: Socket, reply: string | null): void {
  if (reply === null) {
    socket.resetAndDestroy();
    return;
  }
  // Read on, or the kernel would answer unread input with a reset that eats the 421.
  socket.resume();
  socket.setTimeout(5000, () => socket.destroy());
  socket.on('end', () => socket.destroy());
  socket.end(`${reply}\r\n`);
}

export type DestinationStats = DestinationCounts & { name: string; port: number };
