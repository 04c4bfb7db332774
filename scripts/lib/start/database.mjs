/** The installation's Postgres, its migrations and the URLs of its runtime roles. */
import { join } from 'node:path';
import { ensureDatabase, startPostgres } from '../../../packages/testkit/src/postgres.mjs';
import { at, nodeForTypeScript } from '../project.mjs';
import { runTool } from '../run-tool.mjs';

const WANTED_PORT = 54_329;
const MIGRATE = 'packages/db/src/migrate/main.ts';

/** Starts the embedded server of a home: `{ ownerUrl, port, isFresh, pid, stop }`. */
export async function startDatabase(home, secrets) {
  const server = await startPostgres({
    dataDir: join(home, 'postgres'),
    logFile: join(home, 'logs', 'postgres.log'),
    port: WANTED_PORT,
  });
  const ownerUrl = await ensureDatabase(server.url, {
    name: 'hikyaku',
    password: secrets.ownerPassword,
  });
  return { ownerUrl, ...server };
}

/**
 * Applies what is missing and gives the runtime roles their sign-in: `{ applied, total, urls }`.
 * With `isReadOnly` it changes nothing and gives only the urls.
 */
export async function migrateDatabase(ownerUrl, secrets, { isReadOnly = false } = {}) {
  const args = [at(MIGRATE), isReadOnly ? '--only-urls' : '--print-urls'];
  const env = { DATABASE_URL: ownerUrl, HIKYAKU_SECRET: secrets.databaseSecret };
  const done = await runTool(nodeForTypeScript(), args, { env });
  const lines = done.output.trim().split('\n');
  if (done.code === 0) return JSON.parse(lines.findLast((line) => line.startsWith('{')));
  const said = lines.filter((line) => !line.includes('ExperimentalWarning')).slice(-15);
  throw Object.assign(new Error(said.join('\n')), { code: 'MIGRATE_FAILED' });
}
