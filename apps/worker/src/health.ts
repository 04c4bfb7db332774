/**
 * Health for orchestrators: /health answers 200 while the process works, 503 while the database does not answer, or takes
 * no writes (read-only, a full disk): then nothing is sent. /metrics is for Prometheus.
 */
import { createServer, type Server } from 'node:http';
import type { Context } from './context.ts';
import { createMetrics } from './metrics.ts';

export async function startHealth({
  scope,
  config,
  lanes,
  log,
}: Context): Promise<{ port: number; close(): void }> {
  const metrics = createMetrics({ lanes, log });
  const server: Server = createServer(async (request, response) => {
    if (request.url === '/metrics') {
      response.writeHead(200, { 'content-type': metrics.contentType });
      response.end(await metrics.text());
      return;
    }
    if (request.url !== '/health') {
      response.writeHead(404).end();
      return;
    }
    const database = await scope
      .query<{ writes: boolean }>(
        `select current_setting('transaction_read_only') = 'off' as writes`,
      )
      .then(
        ({ rows }) => ({ isUp: true, writes: rows[0]?.writes === true && log.isUp }),
        () => ({ isUp: false, writes: false }),
      );
    const isWell = database.isUp && database.writes;
    response.writeHead(isWell ? 200 : 503, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        ok: isWell,
        database: database.isUp,
        writes: database.writes,
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
