/**
 * A TCP proxy in its own process that makes a network longer: every byte waits `oneWayMs` in each direction, in order,
 * at any throughput. (The kernels we meet have no netem.) The TCP handshake itself is not delayed.
 */
import { fileURLToPath } from 'node:url';
import { startChild } from './child-process.ts';

const ENTRY = fileURLToPath(new URL('./delay-proxy-main.ts', import.meta.url));

/** Starts a proxy on a free loopback port. Rejects when it cannot start. */
export async function startDelayProxy(options: DelayProxyOptions): Promise<DelayProxy> {
  const { host = '127.0.0.1', port } = options.target;
  const child = await startChild(ENTRY, [host, String(port), String(options.oneWayMs)]);
  const { port: proxyPort, control } = child.ready as { port: number; control: number };
  return {
    pid: child.pid,
    host: '127.0.0.1',
    port: proxyPort,
    stats: async () => {
      const response = await fetch(`http://127.0.0.1:${control}/stats`);
      return (await response.json()) as DelayProxyStats;
    },
    stop: async () => {
      await child.stop();
    },
    kill: child.kill,
  };
}

export interface DelayProxyOptions {
  /** Where connections go; host defaults to 127.0.0.1. */
  target: { host?: string; port: number };
  /** Added in each direction: a round trip takes twice as long. */
  oneWayMs: number;
}

export interface DelayProxy {
  pid: number;
  host: string;
  port: number;
  stats(): Promise<DelayProxyStats>;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

export interface DelayProxyStats {
  /** In the order in which they were opened. */
  connections: {
    isOpen: boolean;
    /** Times the client spoke after it had been spoken to: what it paid in round trips. */
    flights: number;
    bytesToTarget: number;
    bytesToClient: number;
  }[];
}
