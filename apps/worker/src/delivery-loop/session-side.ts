/**
 * Opens and ends SMTP sessions as the core says, and tells it what became of them. Keeps per site and source what only
 * sockets care for: TLS sessions, and the quirks that a host was caught with.
 */
import { insertSiteEvent } from '@hikyaku/db/worker';
import type { Event, PortCommand } from '@hikyaku/delivery';
import type { Failure, Quirks, SessionEnd } from '@hikyaku/smtp';
import { connectSession, type SmtpSession } from '@hikyaku/smtp/node';
import type { MxHost } from '../destinations/directory.ts';
import { type SessionFacts, troubleOf } from './attempt.ts';
import type { LoopDeps } from './lanes.ts';
import { quirksOf, type SiteBook } from './site-book.ts';

type Open = Extract<PortCommand, { type: 'open-session' }>;

export interface SessionSide {
  /** `source`: the lane's. */
  open(command: Open, source: string): void;
  drain(sessionId: number): void;
  destroy(sessionId: number): void;
  /** Of a session that has opened. */
  factsOf(sessionId: number): SessionFacts | undefined;
}

export function createSessionSide(
  deps: Pick<LoopDeps, 'config' | 'logger' | 'scope' | 'owner'>,
  sites: SiteBook,
  run: (sessionId: number, session: SmtpSession) => Promise<SessionEnd>,
  dispatch: (event: Event) => void,
): SessionSide {
  const { config, logger } = deps;
  const { tuning, ehloName } = config;
  const own = [ehloName, ...config.sources];
  const running = new Map<number, Running>();
  const memories = new Map<string, HostMemory>();

  const memoryOf = (site: string, source: string): HostMemory => {
    const key = `${site}|${source}`;
    let memory = memories.get(key);
    if (!memory) {
      if (memories.size >= KEPT_MAX) memories.clear();
      memory = { quirks: {}, tlsSession: undefined };
      memories.set(key, memory);
    }
    return memory;
  };

  const start = async (command: Open, host: MxHost, source: string, one: Running) => {
    const { sessionId, site, limits } = command;
    const memory = memoryOf(site, source);
    const profile = sites.profileOf(site, source, host.name);
    const { isConnectResetBusy, isCleanCloseExpected } = profile.values;
    const result = await connectSession({
      host: host.address,
      port: host.port,
      servername: host.name,
      localAddress: source,
      ehloName,
      tls: {
        mode: 'opportunistic',
        session: memory.tlsSession,
        onSession: (session) => {
          memory.tlsSession = session;
        },
      },
      timeouts: tuning.timeouts,
      quirks: quirksOf(profile, memory.quirks),
      limits,
      idleMs: tuning.idleMs,
      signal: one.abort.signal,
    });
    if (!result.ok) {
      running.delete(sessionId);
      if (!one.abort.signal.aborted) logFailure(command, host, source, result.failure);
      const failure = troubleOf(result.failure, site, host.name, own);
      const isReset = failure.isReset && isConnectResetBusy;
      dispatch({ type: 'session-failed', sessionId, failure: { ...failure, isReset } });
      return;
    }
    const { session } = result;
    const { info } = session;
    one.session = session;
    one.facts = {
      source,
      mxHost: host.name,
      mxAddress: `${info.remoteAddress}:${info.remotePort}`,
      session: `${deps.owner}-${sessionId.toString(36)}`,
      tls: info.tls ? `${info.tls.protocol} ${info.tls.cipher}` : null,
    };
    if (info.tlsFailure) {
      memory.quirks = { ...memory.quirks, isStartTlsOff: true };
      const detail = info.tlsFailure.systemCode ?? info.tlsFailure.reason ?? 'the handshake failed';
      sites.learnBroken(site, source, { extension: 'STARTTLS', mxHost: host.name, detail });
    }
    const { recipientsMax } = info.capabilities;
    dispatch({ type: 'session-opened', sessionId, limits: { recipientsMax } });
    const end = await run(sessionId, session);
    running.delete(sessionId);
    if (end.isPipeliningSuspect) {
      memory.quirks = { ...memory.quirks, isPipeliningOff: true };
      const detail = end.failure?.detail ?? 'replies could not be told apart';
      sites.learnBroken(site, source, { extension: 'PIPELINING', mxHost: host.name, detail });
    }
    const isSilent = isSilentClose(end);
    if (end.reason === 'work-failed')
      logger.error({ err: end.error, site }, 'a session hook failed');
    if (!end.canReopen && end.failure) logFailure(command, host, source, end.failure);
    dispatch({
      type: 'session-ended',
      sessionId,
      end: {
        canReopen: end.canReopen || (isSilent && isCleanCloseExpected),
        completed: end.counts.completed,
        transactions: end.counts.completed,
        isSilentClose: isSilent,
        failure: end.failure && troubleOf(end.failure, site, host.name, own),
      },
    });
  };

  const logFailure = (command: Open, host: MxHost, source: string, failure: Failure) => {
    const event = {
      laneId: command.laneId,
      source,
      site: command.site,
      mxHost: host.name,
      mxAddress: `${host.address}:${host.port}`,
      phase: failure.command,
      code: failure.reply?.code ?? null,
      text:
        failure.reply?.text ??
        `${failure.reason ?? 'failed'}${failure.systemCode ? ` (${failure.systemCode})` : ''}`,
      category: troubleOf(failure, command.site, host.name, own).category,
    };
    logger.info({ event }, 'site failure');
    insertSiteEvent(deps.scope, event).catch((error) =>
      logger.error({ err: error, event }, 'a site event could not be stored'),
    );
  };

  return {
    open(command, source) {
      const hosts = sites.hostsOf(command.site);
      const host = hosts[command.host % hosts.length] as MxHost;
      const one: Running = { abort: new AbortController() };
      running.set(command.sessionId, one);
      void start(command, host, source, one);
    },
    drain: (sessionId) => void running.get(sessionId)?.session?.close(),
    destroy: (sessionId) => running.get(sessionId)?.abort.abort(),
    factsOf: (sessionId) => running.get(sessionId)?.facts,
  };
}

interface Running {
  readonly abort: AbortController;
  session?: SmtpSession;
  facts?: SessionFacts;
}

interface HostMemory {
  quirks: Quirks;
  tlsSession: Buffer | undefined;
}

/** The server went while an envelope was on its way, without a reply: how Yahoo says "enough for this connection". */
function isSilentClose({ failure }: SessionEnd): boolean {
  if (!failure || failure.reply) return false;
  const isGone = failure.reason === 'connection-closed' || failure.reason === 'connection-lost';
  return isGone && failure.command === 'MAIL';
}

const KEPT_MAX = 50_000;
