/**
 * node scripts/run.mjs <entry.ts> [arguments]: runs a TypeScript program of this clone under Node 24, with the
 * environment of the installation that `npm start` made. What is set already wins. A stopped installation's own
 * Postgres is started for as long as the program runs.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { generateClient } from './lib/generate-client.mjs';
import { at, nodeForTypeScript, readJson, toolEnvironment } from './lib/project.mjs';
import { appVariables } from './lib/start/app-environment.mjs';
import { migrateDatabase, startDatabase } from './lib/start/database.mjs';
import { openHome, readSecrets, runningInstance } from './lib/start/home.mjs';
import { readSettings } from './lib/start/settings.mjs';

const [entry, ...args] = process.argv.slice(2);
/** Programs that speak with the installation's database; the others need nothing from it. */
const NEEDS_DATABASE = /^apps\/worker\/src\/cli\/(?!replies\.ts$)/;

let database;
try {
  if (!entry || !existsSync(at(entry))) {
    throw new Error(
      `There is no ${entry ?? 'entry'} in this clone: node scripts/run.mjs <entry.ts> [arguments]`,
    );
  }
  // After a bare `npm ci` it is not there yet.
  await generateClient();
  const variables = NEEDS_DATABASE.test(entry) ? await installationVariables() : {};
  // Empty is as good as not set: the programs have defaults of their own.
  const found = Object.entries(variables).filter(([, value]) => value !== '');
  const env = toolEnvironment({ ...Object.fromEntries(found), ...process.env });
  process.exitCode = await runToEnd(nodeForTypeScript(), [at(entry), ...args], env);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await database?.stop();
}

async function installationVariables() {
  if (process.env.WORKER_DATABASE_URL && process.env.STAFF_DATABASE_URL) return {};
  const settings = readSettings([]);
  const { home, databaseUrl } = settings;
  const kept = join(home, 'environment.json');
  if (runningInstance(home) && existsSync(kept)) return readJson(kept);
  if (!databaseUrl && !existsSync(join(home, 'postgres'))) {
    throw new Error(
      `There is no installation in ${home} yet. Run \`npm start\` first, or set DATABASE_URL.`,
    );
  }
  openHome(home);
  const secrets = readSecrets(home);
  if (!databaseUrl) database = await startDatabase(home, secrets);
  const ownerUrl = databaseUrl ?? database.ownerUrl;
  const { urls } = await migrateDatabase(ownerUrl, secrets, { isReadOnly: true });
  return appVariables({ settings, secrets, ownerUrl, urls, port: settings.port });
}

function runToEnd(file, parameters, env) {
  return new Promise((settle, fail) => {
    const child = spawn(file, parameters, { stdio: 'inherit', env });
    // The terminal sends Ctrl-C to both; the program decides what it means.
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
    child.on('error', fail);
    child.on('exit', (code) => settle(code ?? 1));
  });
}
