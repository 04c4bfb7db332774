/**
 * node packages/db/src/migrate/main.ts [--secret-file FILE] [--migrations DIR] [--print-urls | --only-urls]
 * Migrates DATABASE_URL and gives the runtime roles their sign-in. Prints one line of JSON; urls (with passwords) only
 * with --print-urls; --only-urls changes nothing. Exit code 1 and one line on stderr when it fails.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DbError } from '../scope/db-error.ts';
import { ensureRoles } from './ensure-roles.ts';
import { migrate } from './migrate.ts';
import { runtimeUrls } from './runtime-urls.ts';

try {
  await main();
} catch (error) {
  const code = error instanceof DbError ? error.code : 'UNEXPECTED';
  console.error(`${code}: ${(error as Error).message}`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      'secret-file': { type: 'string' },
      migrations: { type: 'string' },
      'print-urls': { type: 'boolean', default: false },
      'only-urls': { type: 'boolean', default: false },
    },
  });
  const ownerUrl = process.env.DATABASE_URL ?? '';
  const file = values['secret-file'];
  const secret = file ? readFileSync(file, 'utf8').trim() : (process.env.HIKYAKU_SECRET ?? '');
  const urls = runtimeUrls(ownerUrl, secret);
  if (values['only-urls']) {
    console.log(JSON.stringify({ urls }));
    return;
  }
  const migrationsDir =
    values.migrations ?? fileURLToPath(new URL('../../../../prisma/migrations', import.meta.url));
  const { applied, total } = await migrate({ ownerUrl, migrationsDir });
  await ensureRoles({ ownerUrl, secret });
  console.log(JSON.stringify({ applied, total, ...(values['print-urls'] ? { urls } : {}) }));
}
