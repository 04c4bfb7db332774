/**
 * A TCP proxy that can be cut like a cable: while it is cut, nothing passes in either direction and nobody is told, as
 * when a switch dies. Healed, everything that was on its way arrives late. It runs in the process of the test.
 */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface CutProxy {
  port: number;
  /** Nothing passes, also on connections that are opened meanwhile. */
  cut(): void;
  /** What waited passes now. */
  heal(): void;
  /** Resets every connection that stands. */
  reset(): void;
  stop(): Promise<void>;
}

/** Starts one on a free loopback port in front of `port`. */
export async function startCutProxy(port: number): Promise<CutProxy> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer({ noDelay: true }, (client) => {
    const target = connect({ host: '127.0.0.1', port, noDelay: true });
    carry(client, target);
    carry(target, client);
    if (isCut) for (const socket of [client, target]) socket.pause();
  });

  const carry = (from: Socket, to: Socket) => {
    sockets.add(from);
    from.on('data', (chunk) => void to.write(chunk));
    from.on('end', () => to.end());
    from.on('error', () => to.destroy());
    from.on('close', () => {
      sockets.delete(from);
      to.destroySoon();
    });
  };

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      isCut = true;
      for (const socket of sockets) socket.pause();
    },
    heal: () => {
      isCut = false;
      for (const socket of sockets) socket.resume();
    },
    reset: () => {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
