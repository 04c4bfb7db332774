/** An HTTP server for the receiver's hook; what it waits for is done before the receiver answers its client. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Calls `work` for each request; a `work` that throws is answered with 500. */
export async function startHook(
  work: () => Promise<void>,
): Promise<{ url: string; close(): void }> {
  const server: Server = createServer((_, response) => {
    work().then(
      () => response.end('{}'),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
