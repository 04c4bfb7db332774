/** What the operator asked for: arguments, environment and .env, checked before anything begins. */
import { existsSync, readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { resolve } from 'node:path';
import { at } from '../project.mjs';

/** Throws SETTINGS_INVALID that names every variable that is missing or wrong. */
export function readSettings(args = process.argv.slice(2), env = withDotEnv(process.env)) {
  const unknown = args.filter((arg) => arg !== '--reset');
  const isInternet = env.DELIVER_TO_INTERNET === '1';
  const faults = [
    ...unknown.map(
      (arg) => `"${arg}" is not an option. There is one: \`npm start -- --reset\` begins anew.`,
    ),
    ...(isInternet ? internetFaults(env) : []),
    ...(['', '0', '1', undefined].includes(env.DELIVER_TO_INTERNET)
      ? []
      : [
          `DELIVER_TO_INTERNET is "${env.DELIVER_TO_INTERNET}": only 1 lets mail out, 0 or nothing keeps it in.`,
        ]),
    ...urlFault(
      env,
      'DATABASE_URL',
      /^postgres(ql)?:$/,
      'postgresql://owner:password@host:5432/database',
    ),
    ...urlFault(env, 'REDIS_URL', /^rediss?:$/, 'redis://host:6379'),
    ...portFault(env, 'PORT'),
  ];
  if (faults.length) {
    const message = `These settings cannot be:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`;
    throw Object.assign(new Error(message), { code: 'SETTINGS_INVALID' });
  }
  return {
    env,
    home: resolve(env.HIKYAKU_HOME || at('.hikyaku')),
    isReset: args.includes('--reset'),
    isInternet,
    databaseUrl: env.DATABASE_URL || undefined,
    redisUrl: env.REDIS_URL || undefined,
    isDemo: !env.DATABASE_URL && !isInternet,
    host: env.HOST || '127.0.0.1',
    port: Number(env.PORT || 3000),
  };
}

/** .env of the clone, for those who keep settings in a file; the real environment wins. */
function withDotEnv(env) {
  const path = at('.env');
  if (!existsSync(path)) return { ...env };
  const pairs = readFileSync(path, 'utf8')
    .split(/\r?\n/)
    .map((line) => /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(line))
    .filter(Boolean)
    .map(([, name, value]) => [name, value.replace(/^(['"])(.*)\1$/, '$2')])
    .filter(([, value]) => value !== '');
  return { ...Object.fromEntries(pairs), ...env };
}

function internetFaults(env) {
  const faults = [];
  const base = parseUrl(env.BASE_URL);
  if (!base || !/^https?:$/.test(base.protocol)) {
    faults.push(
      'BASE_URL must be the https address under which recipients reach this dashboard: unsubscribe links carry it.',
    );
  } else if (/^(localhost|127\.|\[::1\])/.test(base.hostname)) {
    faults.push(
      `BASE_URL is ${env.BASE_URL}: a recipient cannot reach that host, so no unsubscribe link would work.`,
    );
  }
  if (!/^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(env.EHLO_NAME ?? '')) {
    faults.push(
      'EHLO_NAME must be the full host name that the reverse DNS of your source addresses gives, for example mail.example.co.jp.',
    );
  }
  const sources = (env.SOURCE_ADDRESSES ?? '')
    .split(',')
    .map((s) => s.trim())
    .filter(Boolean);
  if (sources.length === 0) {
    faults.push(
      'SOURCE_ADDRESSES must list the addresses of this machine that mail is sent from, separated by commas.',
    );
  }
  const own = Object.values(networkInterfaces())
    .flat()
    .map((entry) => entry.address);
  for (const source of sources.filter((address) => !own.includes(address))) {
    faults.push(
      `SOURCE_ADDRESSES names ${source}, which this machine does not have. It has ${own.join(', ')}.`,
    );
  }
  return faults;
}

function urlFault(env, name, protocol, example) {
  if (!env[name]) return [];
  const url = parseUrl(env[name]);
  return url && protocol.test(url.protocol) ? [] : [`${name} must look like ${example}.`];
}

function portFault(env, name) {
  if (!env[name]) return [];
  const port = Number(env[name]);
  return Number.isInteger(port) && port > 0 && port < 65_536
    ? []
    : [`${name} must be a number from 1 to 65535.`];
}

function parseUrl(text) {
  return URL.canParse(text ?? '') ? new URL(text) : undefined;
}
