/**
 * Global setup of the integration suite: one Postgres for the run, one template migrated once.
 * HIKYAKU_TEST_POSTGRES (a superuser URL of a scratch server, 15 or newer) takes another server instead.
 */
import { fileURLToPath } from 'node:url';
import { prepareTemplate, startPostgres } from '../packages/testkit/src/postgres.mjs';

const MIGRATE = new URL('../packages/db/src/migrate/index.ts', import.meta.url);
const MIGRATIONS = fileURLToPath(new URL('../prisma/migrations', import.meta.url));

export async function setup() {
  // Tests kill processes, not the machine: the operating system keeps what Postgres wrote.
  const settings = { fsync: 'off', full_page_writes: 'off', max_connections: '300' };
  const given = process.env.HIKYAKU_TEST_POSTGRES;
  const postgres = given ? undefined : await startPostgres({ settings });
  try {
    await prepareTemplate(given ?? postgres.url, migrateTemplate);
  } catch (error) {
    await postgres?.stop();
    throw error;
  }
  return () => postgres?.stop();
}

async function migrateTemplate(ownerUrl, secret) {
  const { ensureRoles, migrate, runtimeUrls } = await import(MIGRATE.href);
  await migrate({ ownerUrl, migrationsDir: MIGRATIONS });
  await ensureRoles({ ownerUrl, secret });
  const urls = Object.entries(runtimeUrls(ownerUrl, secret));
  return Object.fromEntries(urls.map(([plane, url]) => [`${plane}Url`, url]));
}
