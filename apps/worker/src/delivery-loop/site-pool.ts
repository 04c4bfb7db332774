/**
 * The sessions to one site from one source: opened by need within the concurrency window, each pulling rows as it can
 * carry them. "A connection once gained is never let go" while there is mail for it.
 */

import type { DueDelivery } from '@hikyaku/db/worker';
import type { SessionEnd, SessionFailure } from '@hikyaku/smtp';
import { connectSession, type SmtpSession } from '@hikyaku/smtp/node';
import type { MxHost } from '../destinations/directory.ts';
import type { LaneContext } from './lane-context.ts';
import { type Envelope, SessionDriver } from './session-driver.ts';
import type { SiteState } from './site-state.ts';

export class SitePool {
  readonly site: string;
  readonly #lane: LaneContext;
  readonly #hosts: readonly MxHost[];
  readonly #state: SiteState;
  readonly #sessions = new Set<SmtpSession>();
  readonly #idle: { driver: SessionDriver; answer: (envelope: Envelope | 'quit') => void }[] = [];
  #queue: DueDelivery[] = [];
  #head = 0;
  #opening = 0;
  #isStopping = false;

  constructor(lane: LaneContext, site: string, hosts: readonly MxHost[], state: SiteState) {
    this.#lane = lane;
    this.site = site;
    this.#hosts = hosts;
    this.#state = state;
  }

  get queued(): number {
    return this.#queue.length - this.#head;
  }

  /** Open and opening. */
  get sessions(): number {
    return this.#sessions.size + this.#opening;
  }

  /** Those that stand; one that is still connecting carries nothing and need not be waited for. */
  get openSessions(): number {
    return this.#sessions.size;
  }

  /** Epoch ms until which the site is left alone; null while it is up. */
  get retryAtMs(): number | null {
    return this.#state.backoff.retryAtMs;
  }

  push(row: DueDelivery): void {
    if (this.#isStopping) {
      this.#lane.putBack(row, Date.now());
      return;
    }
    // Last in, first out: what is busy stays warm, what is not needed falls idle and closes.
    const waiter = this.#idle.pop();
    if (!waiter) {
      this.#queue.push(row);
      return;
    }
    const envelope = this.#lane.compose(row);
    if (envelope) waiter.answer(envelope);
    else this.#idle.push(waiter);
  }

  /** Rows of a campaign that may not go on leave the queue; what is under way ends by its fence. */
  withdraw(campaignId: string): void {
    const kept: DueDelivery[] = [];
    for (let row = this.#take(); row; row = this.#take()) {
      if (row.campaignId === campaignId) this.#lane.putBack(row, Date.now());
      else kept.push(row);
    }
    this.#queue = kept;
    this.#head = 0;
  }

  /** Opens what is missing; to be called whenever rows came, a session ended, or time passed. */
  tend(nowMs: number): void {
    if (this.#isStopping) return;
    if (this.queued === 0) return;
    const may = this.#state.backoff.mayConnect(nowMs);
    if (may === 'no') this.#putQueueBack(this.#state.backoff.retryAtMs ?? nowMs + 1_000);
    if (may === 'probe' && this.sessions === 0) {
      this.#state.backoff.onProbeStarted();
      void this.#open();
    }
    if (may !== 'yes') return;
    if (nowMs < this.#state.holdUntilMs && this.sessions > 0) return;
    const useful = Math.max(1, Math.ceil(this.queued / ROWS_PER_SESSION));
    const wanted = Math.min(this.#state.concurrency.window, this.sessions + useful);
    while (this.sessions < wanted) void this.#open();
  }

  /** No further rows: what is under way ends, idle sessions say QUIT, queued rows go back. */
  async stop(graceMs: number): Promise<void> {
    this.#isStopping = true;
    this.#putQueueBack(Date.now());
    for (const waiter of this.#idle.splice(0)) waiter.answer('quit');
    const closing = [...this.#sessions].map((session) => session.close());
    const timer = setTimeout(() => {
      for (const session of this.#sessions) session.destroy();
    }, graceMs);
    await Promise.all(closing);
    while (this.#sessions.size > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    clearTimeout(timer);
  }

  destroy(): void {
    this.#isStopping = true;
    this.#putQueueBack(Date.now());
    for (const waiter of this.#idle.splice(0)) waiter.answer('quit');
    for (const session of this.#sessions) session.destroy();
  }

  /** What a session carries next: at once where a row is there, later where one comes. */
  next(driver: SessionDriver): Envelope | 'quit' | Promise<Envelope | 'quit'> {
    if (this.#isStopping || this.sessions > this.#state.concurrency.window) return 'quit';
    for (let row = this.#take(); row; row = this.#take()) {
      const envelope = this.#lane.compose(row);
      if (envelope) return envelope;
    }
    this.#lane.wake();
    return new Promise((answer) => this.#idle.push({ driver, answer }));
  }

  /** A message went through, or a session opened [PF]: the window may grow. */
  onSuccess(): void {
    this.#state.concurrency.onOpened(this.#sessions.size);
    this.#state.backoff.onSuccess();
    this.#state.failuresInRow = 0;
  }

  #take(): DueDelivery | undefined {
    const row = this.#queue[this.#head];
    if (!row) return undefined;
    this.#head += 1;
    if (this.#head > 1_000) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
    return row;
  }

  #putQueueBack(atMs: number): void {
    for (let row = this.#take(); row; row = this.#take()) this.#lane.putBack(row, atMs);
  }

  async #open(): Promise<void> {
    this.#opening += 1;
    const host = this.#hosts[this.#state.hostIndex % this.#hosts.length] as MxHost;
    const { lease, tuning } = this.#lane;
    const result = await connectSession({
      host: host.address,
      port: host.port,
      servername: host.name,
      localAddress: lease.source,
      ehloName: this.#lane.ehloName,
      tls: {
        mode: 'opportunistic',
        session: this.#state.tlsSession,
        onSession: (session) => {
          this.#state.tlsSession = session;
        },
      },
      timeouts: tuning.timeouts,
      quirks: this.#state.quirks,
      idleMs: tuning.idleMs,
    });
    this.#opening -= 1;
    if (!result.ok) {
      this.#onOpenFailed(host, result.failure);
    } else {
      await this.#run(host, result.session);
    }
    this.#lane.wake();
  }

  async #run(host: MxHost, session: SmtpSession): Promise<void> {
    this.#sessions.add(session);
    this.onSuccess();
    if (session.info.tlsFailure)
      this.#state.quirks = { ...this.#state.quirks, isStartTlsOff: true };
    if (this.#isStopping) void session.close();
    const driver = new SessionDriver(this.#lane, this, host, session.info);
    const end = await session.run(driver);
    this.#sessions.delete(session);
    const waiting = this.#idle.findIndex((waiter) => waiter.driver === driver);
    if (waiting >= 0) this.#idle.splice(waiting, 1);
    this.#onEnded(host, end);
  }

  #onEnded(host: MxHost, end: SessionEnd): void {
    if (end.isPipeliningSuspect)
      this.#state.quirks = { ...this.#state.quirks, isPipeliningOff: true };
    if (end.reason === 'work-failed')
      this.#lane.logger.error({ err: end.error, site: this.site }, 'a session hook failed');
    if (end.canReopen) return;
    const nowMs = Date.now();
    // Messages went through before: the host lives, and one lost session is no reason to leave it alone.
    if (end.counts.completed === 0) this.#onSiteFailure(nowMs);
    else this.#state.concurrency.onFailure(this.#hosts.length > 1);
    if (end.failure) this.#logFailure(host, end.failure);
  }

  #onOpenFailed(host: MxHost, failure: SessionFailure): void {
    this.#state.hostIndex += 1;
    this.#onSiteFailure(Date.now());
    this.#logFailure(host, failure);
  }

  #onSiteFailure(nowMs: number): void {
    this.#state.concurrency.onFailure(this.#hosts.length > 1);
    this.#state.holdUntilMs = nowMs + this.#lane.policies.backoff.minDelayMs;
    this.#state.failuresInRow += 1;
    if (this.#sessions.size === 0 && this.#state.failuresInRow >= this.#hosts.length)
      this.#state.backoff.onFailure(nowMs, Math.random());
  }

  #logFailure(
    host: MxHost,
    failure: {
      command: string;
      reply?: SessionFailure['reply'];
      reason?: string;
      systemCode?: string;
    },
  ): void {
    this.#lane.logSiteEvent({
      site: this.site,
      mxHost: host.name,
      mxAddress: `${host.address}:${host.port}`,
      phase: failure.command,
      code: failure.reply?.code ?? null,
      text:
        failure.reply?.text ??
        `${failure.reason ?? 'failed'}${failure.systemCode ? ` (${failure.systemCode})` : ''}`,
      category: failure.reply ? 'server-temporary' : 'network',
    });
  }
}

/** Below this many waiting rows a further session costs more than it brings. */
const ROWS_PER_SESSION = 4;
