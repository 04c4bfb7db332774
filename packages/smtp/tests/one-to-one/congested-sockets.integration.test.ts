import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { SocketTransport } from '../../src/node/socket-transport.ts';
import { defaultTimeouts } from '../../src/settings.ts';

/** A server that reads nothing until it is told to. */
async function deafServer() {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const accepted = once(server, 'connection').then(([socket]) => (socket as Socket).pause());
  const { port } = server.address() as AddressInfo;
  return {
    port,
    async readAll(): Promise<Buffer> {
      const chunks: Buffer[] = [];
      const socket = await accepted;
      socket.on('data', (chunk: Buffer) => chunks.push(chunk));
      socket.resume();
      await once(socket, 'end');
      server.close();
      return Buffer.concat(chunks);
    },
  };
}

test('flights of sockets that are congested arrive as they were written, though all share one buffer', async () => {
  const servers = [await deafServer(), await deafServer(), await deafServer()];
  const transports: SocketTransport[] = [];
  for (const { port } of servers) {
    const options = {
      host: '127.0.0.1',
      port,
      ehloName: 'a.example',
      tls: { mode: 'off' },
    } as const;
    const transport = new SocketTransport(options, defaultTimeouts);
    await transport.connected();
    transports.push(transport);
  }
  const written = servers.map((): Buffer[] => []);
  // Far more than the kernel holds for a peer that does not read.
  for (let flight = 0; flight < 900; flight++) {
    const content = Buffer.alloc(1 + ((flight * 7_919) % 30_000), 33 + (flight % 90));
    const pieces = [content, `MAIL FROM:<${flight}@a.example>\r\n`];
    const to = flight % servers.length;
    transports[to]?.write(pieces, false);
    written[to]?.push(Buffer.concat([content, Buffer.from(pieces[1] as string)]));
  }
  for (const transport of transports) transport.end();
  for (const [index, server] of servers.entries())
    expect((await server.readAll()).equals(Buffer.concat(written[index] as Buffer[]))).toBe(true);
});
