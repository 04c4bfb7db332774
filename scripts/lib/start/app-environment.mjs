/** The environment that worker, dashboard, seed and command-line tools get. .env.example explains each name. */
import { join } from 'node:path';
import { toolEnvironment } from '../project.mjs';

/** Settings of single programs, which may stand in .env: they go through as they are. */
const PASSED_ON = ['WORKER_TUNING', 'UPLOAD_MAX_BYTES', 'LOG_RETENTION_MONTHS'];

/** Everything the programs of this installation read, as names and values. */
export function appVariables({ settings, secrets, ownerUrl, urls, port, routesFile = '' }) {
  const { env } = settings;
  const baseUrl = (env.BASE_URL || `http://localhost:${port}`).replace(/\/$/, '');
  const given = PASSED_ON.filter((name) => env[name]).map((name) => [name, env[name]]);
  return {
    ...Object.fromEntries(given),
    DATABASE_URL: ownerUrl,
    APP_DATABASE_URL: urls.app,
    AUTH_DATABASE_URL: urls.auth,
    STAFF_DATABASE_URL: urls.staff,
    WORKER_DATABASE_URL: urls.worker,
    QUEUE_DATABASE_URL: urls.queue,
    REDIS_URL: settings.redisUrl ?? '',
    NEXTAUTH_SECRET: env.NEXTAUTH_SECRET || secrets.nextauthSecret,
    NEXTAUTH_URL: env.NEXTAUTH_URL || baseUrl,
    TOKEN_SECRET: env.TOKEN_SECRET || secrets.tokenSecret,
    BASE_URL: baseUrl,
    DELIVER_TO_INTERNET: settings.isInternet ? '1' : '0',
    EHLO_NAME: env.EHLO_NAME || 'localhost',
    SOURCE_ADDRESSES: settings.isInternet ? env.SOURCE_ADDRESSES : '127.0.0.1',
    SOURCE_POOLS: env.SOURCE_POOLS || '',
    ROUTES_FILE: routesFile,
    WORKER_HEALTH_PORT: env.WORKER_HEALTH_PORT || '0',
    LOG_LEVEL: env.LOG_LEVEL || 'info',
    LOG_ARCHIVE_DIR: env.LOG_ARCHIVE_DIR || join(settings.home, 'archive'),
    HIKYAKU_DEMO: settings.isDemo ? '1' : '0',
    HIKYAKU_DEMO_PASSWORD: settings.isDemo ? secrets.demoPassword : '',
    HIKYAKU_SECRET: secrets.databaseSecret,
    HIKYAKU_HOME: settings.home,
    HIKYAKU_JOURNAL: settings.isInternet ? '' : join(settings.home, 'journal.jsonl'),
  };
}

/** Nobody but migrations needs the owner: the long-running programs do not get its URL. */
export function withoutOwner({ DATABASE_URL, HIKYAKU_SECRET, ...rest }) {
  const env = toolEnvironment({ NODE_ENV: 'production', ...rest });
  delete env.DATABASE_URL;
  delete env.HIKYAKU_SECRET;
  return env;
}
