import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { expect } from 'vitest';
import { incident, refusedOpening } from '../support.ts';

/** Listens with a queue for one connection, and never accepts any: its thread stands still. */
const FULL_HOUSE = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:net').createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 10);
  });`;

incident(
  'a host whose queue is full does not answer the connection: its deadline ends it',
  async () => {
    const host = new Worker(FULL_HOUSE, { eval: true });
    const waiting: Socket[] = [];
    try {
      const [port] = (await once(host, 'message')) as [number];
      await new Promise((resolve) => setTimeout(resolve, 50));
      for (let i = 0; i < 8; i += 1) waiting.push(connect(port, '127.0.0.1').on('error', () => {}));
      await once(waiting[0] as Socket, 'connect');
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(await refusedOpening(port, { timeouts: { connectMs: 200 } })).toMatchObject({
        command: 'CONNECT',
        reason: 'timeout',
        permanence: 'transient',
      });
    } finally {
      for (const socket of waiting) socket.destroy();
      await host.terminate();
    }
  },
  // It says nothing that could be cut.
  ['whole'],
);
