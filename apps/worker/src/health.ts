/** Health for orchestrators: /health answers 200 while the process works, 503 while the database does not answer. */
import { createServer, type Server } from 'node:http';
import type { Context } from './context.ts';

export async function startHealth({
  scope,
  config,
  lanes,
}: Context): Promise<{ port: number; close(): void }> {
  const server: Server = createServer(async (request, response) => {
    if (request.url !== '/health') {
      response.writeHead(404).end();
      return;
    }
    const isUp = await scope.query('select 1').then(
      () => true,
      () => false,
    );
    response.writeHead(isUp ? 200 : 503, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        ok: isUp,
        database: isUp,
        lanes: lanes.held,
        memoryBytes: process.memoryUsage.rss(),
      }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.healthPort, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    close: () => server.close(),
  };
}
