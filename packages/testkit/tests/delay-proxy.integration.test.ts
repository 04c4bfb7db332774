import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { DelayProxy } from '../src/delay-proxy.ts';
import { startDelayProxy } from '../src/delay-proxy.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function listen(onConnection: (socket: Socket) => void): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, onConnection);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => server.close());
  return server;
}

async function proxyTo(server: Server, oneWayMs: number): Promise<DelayProxy> {
  const { port } = server.address() as AddressInfo;
  const proxy = await startDelayProxy({ target: { port }, oneWayMs });
  cleanups.push(proxy.stop);
  return proxy;
}

test('a round trip takes twice the one-way delay, and flights are counted', async () => {
  const server = await listen((socket) => socket.on('data', (chunk) => socket.write(chunk)));
  const proxy = await proxyTo(server, 20);
  const socket = connect({ port: proxy.port, host: proxy.host, noDelay: true });
  cleanups.push(() => socket.destroy());
  const took: number[] = [];
  for (let n = 0; n < 20; n += 1) {
    const began = performance.now();
    socket.write('ping');
    await once(socket, 'data');
    took.push(performance.now() - began);
  }
  // The fastest of twenty: on a busy machine the others say more about the machine.
  expect(Math.min(...took)).toBeGreaterThanOrEqual(39);
  expect(Math.min(...took)).toBeLessThan(60);
  expect(await proxy.stats()).toEqual({
    connections: [{ isOpen: true, flights: 20, bytesToTarget: 80, bytesToClient: 80 }],
  });
});

test('the delay limits no throughput, and every byte arrives in order', async () => {
  const sent = randomBytes(16 * 1024 * 1024);
  const received = createHash('sha256');
  let finish: () => void = () => undefined;
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const server = await listen((socket) => {
    socket.on('data', (chunk) => received.update(chunk));
    socket.on('end', () => {
      socket.end();
      finish();
    });
  });
  const proxy = await proxyTo(server, 200);
  connect({ port: proxy.port, host: proxy.host }).end(sent);
  const began = performance.now();
  await done;
  expect(received.digest('hex')).toBe(createHash('sha256').update(sent).digest('hex'));
  // One delay and the copying; a proxy that waited for each chunk of 64 KB would take 51 s.
  expect(performance.now() - began).toBeLessThan(15_000);
});

test('the end of one side reaches the other after what was sent before it', async () => {
  const server = await listen((socket) => socket.end('bye'));
  const proxy = await proxyTo(server, 20);
  const socket = connect({ port: proxy.port, host: proxy.host });
  const chunks = await socket.toArray();
  expect(Buffer.concat(chunks).toString()).toBe('bye');
});

test('a reset passes through', async () => {
  const server = await listen((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.resetAndDestroy());
  });
  const proxy = await proxyTo(server, 5);
  const socket = connect({ port: proxy.port, host: proxy.host });
  socket.write('x');
  const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
  expect(error.code).toBe('ECONNRESET');
});
