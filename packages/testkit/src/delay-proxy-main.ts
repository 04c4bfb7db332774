/** Entry of the delay proxy: `delay-proxy-main.ts HOST PORT ONE_WAY_MS`. Ends when its stdin does. */
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo, Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { DelayLine } from './delay-line.ts';

/** Far above any bandwidth-delay product here; only a reader that stopped reading gets there. */
const UNREAD_MAX_BYTES = 64 * 1024 * 1024;

const [host = '127.0.0.1', port = '', oneWay = ''] = process.argv.slice(2);
const oneWayMs = Number(oneWay);
const connections: ConnectionCounts[] = [];

const proxy = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
  const target = connect({ host, port: Number(port), allowHalfOpen: true, noDelay: true });
  const counts = { isOpen: true, flights: 0, bytesToTarget: 0, bytesToClient: 0 };
  connections.push(counts);
  let isAnswered = true;
  carry(client, target, (bytes) => {
    counts.bytesToTarget += bytes;
    if (isAnswered) counts.flights += 1;
    isAnswered = false;
  });
  carry(target, client, (bytes) => {
    counts.bytesToClient += bytes;
    isAnswered = true;
  });
  client.once('close', () => {
    counts.isOpen = false;
  });
});
const control = createHttpServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ connections }));
});

process.stdin
  .resume()
  .on('end', () => process.exit(0))
  .on('error', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
const ports = { port: await listen(proxy), control: await listen(control) };
process.stdout.write(`${JSON.stringify({ ready: true, ...ports })}\n`);

/** Data, the end, and a reset each reach the other side one delay later, and in their order. */
function carry(from: Socket, to: Socket, onBytes: (bytes: number) => void): void {
  const line = new DelayLine(oneWayMs);
  let hasFailed = false;
  from.on('data', (chunk: Buffer) => {
    onBytes(chunk.length);
    line.push(() => {
      to.write(chunk);
      if (to.writableLength <= UNREAD_MAX_BYTES || from.isPaused()) return;
      from.pause();
      to.once('drain', () => from.resume());
    });
  });
  from.on('end', () => line.push(() => to.end()));
  from.on('error', () => {
    hasFailed = true;
  });
  from.on('close', () => line.push(() => (hasFailed ? to.resetAndDestroy() : to.destroySoon())));
}

function listen(server: Server | ReturnType<typeof createHttpServer>): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

interface ConnectionCounts {
  isOpen: boolean;
  flights: number;
  bytesToTarget: number;
  bytesToClient: number;
}
