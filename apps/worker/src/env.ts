/** The only place that reads the environment. What is missing or wrong is said at once, by name, with what to do. */
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { z } from 'zod';

const tuning = z
  .object({
    /** A lane's lease; a worker killed with -9 holds its lanes for so long. */
    leaseMs: z.number().min(200).default(30_000),
    /** Multiplies retry delays, back-offs and window margins: fault tests live minutes in milliseconds. */
    timeScale: z.number().positive().default(1),
    sessionsPerSite: z.number().int().min(1).max(5_000).default(20),
    sessionsAtStart: z.number().int().min(1).max(5_000).default(3),
    /** In bulk mode, where nothing less is known of the site. RFC 5321 §4.5.3.1.8: 100 must be taken. */
    recipientsPerTransaction: z.number().int().min(1).max(1_000).default(100),
    /** Sites with fewer recipients than this share lanes. */
    busyMin: z.number().int().min(1).default(200),
    quietLanes: z.number().int().min(1).default(8),
    lanesPerWorker: z.number().int().min(1).default(200),
    /** How often what is done at each site is written down for staff and forecasts. */
    statusMs: z.number().min(50).default(3_000),
    /** How often caps on sessions that lanes share are shared out anew. */
    shareMs: z.number().min(20).default(500),
    timerMs: z.number().min(50).default(1_000),
    /** A campaign whose start passed longer ago than this, because no worker was up, asks before it starts. */
    startGraceMs: z
      .number()
      .min(0)
      .default(15 * 60_000),
    /** An idle session is kept so long for more mail to its site. */
    idleMs: z.number().min(0).default(5_000),
    importBatch: z.number().int().min(1).default(5_000),
    launchChunk: z.number().int().min(1).default(10_000),
    /** Of the first question to a name server; each further one waits longer. */
    dnsTimeoutMs: z.number().min(50).default(5_000),
    drainMs: z.number().min(100).default(25_000),
    /** Deadlines of the SMTP session by name, in ms; RFC 5321's where not given. */
    timeouts: z.record(z.string(), z.number().positive()).default({}),
  })
  .strict();

export type Tuning = z.infer<typeof tuning>;

const json = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'is not JSON' });
    return z.NEVER;
  }
});

const retentionMonths = z.coerce
  .number('set it to a number of months')
  .int('set it to whole months')
  .min(1, 'the log is kept for one month at least')
  .max(1_200)
  .default(25);

const schema = z
  .object({
    WORKER_DATABASE_URL: text(1),
    QUEUE_DATABASE_URL: z.string().optional(),
    REDIS_URL: z.string().optional(),
    TOKEN_SECRET: text(32),
    BASE_URL: z.url('set it to the address under which recipients reach the dashboard'),
    DELIVER_TO_INTERNET: z.enum(['0', '1']).default('0'),
    EHLO_NAME: z.string().optional(),
    SOURCE_ADDRESSES: z.string().default('').transform(listOf),
    SOURCE_POOLS: z.string().default('').transform(poolsOf),
    ROUTES_FILE: z.string().optional(),
    NAME_SERVERS: z.string().default('').transform(listOf),
    WORKER_HEALTH_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
    LOG_RETENTION_MONTHS: retentionMonths,
    LOG_ARCHIVE_DIR: z.string().optional(),
    WORKER_TUNING: json.pipe(tuning).default(() => tuning.parse({})),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  })
  .superRefine((env, context) => checkTogether(env, context), { when: () => true });

/** What depends on more than one variable. Runs also where one of them is wrong by itself: all is said at once. */
function checkTogether(env: Partial<z.output<typeof schema>>, { addIssue }: z.RefinementCtx) {
  const say = (name: string, message: string) =>
    addIssue({ code: 'custom', path: [name], message });
  if (!env.REDIS_URL && !env.QUEUE_DATABASE_URL)
    say('QUEUE_DATABASE_URL', 'set REDIS_URL, or this one for the Postgres queue');
  for (const server of Array.isArray(env.NAME_SERVERS) ? env.NAME_SERVERS : []) {
    // Node's way to write them; an IPv6 address with a port stands in brackets.
    const [, bracketed, ported, plain] = /^(?:\[(.*)\]:\d+|([^:]+):\d+|(.+))$/.exec(server) ?? [];
    if (isIP(bracketed ?? ported ?? plain ?? '') === 0)
      say('NAME_SERVERS', `"${server}" is not an address, or an address and a port`);
  }
  if (env.DELIVER_TO_INTERNET !== '1') return;
  if (!/^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(env.EHLO_NAME ?? ''))
    say('EHLO_NAME', 'set it to the full host name that the reverse DNS of the sources gives');
  const sources = Array.isArray(env.SOURCE_ADDRESSES) ? env.SOURCE_ADDRESSES : [];
  const pooled = Object.values(env.SOURCE_POOLS ?? {}).flat();
  if (pooled.some((address) => /^(127\.|::1$)/.test(address)))
    say('SOURCE_POOLS', 'an address reaches this machine only');
  if (sources.length === 0)
    say('SOURCE_ADDRESSES', 'set it to the addresses of this machine that mail is sent from');
  for (const source of sources) {
    if (isIP(source) === 0) say('SOURCE_ADDRESSES', `"${source}" is not an IP address`);
    else if (/^(127\.|::1$)/.test(source))
      say('SOURCE_ADDRESSES', `${source} reaches this machine only`);
  }
}

/** `name=address,address; name=address`: tenants of a pool are sent for from its addresses only. */
function poolsOf(value: string, context: z.RefinementCtx): Record<string, string[]> {
  const pools: Record<string, string[]> = {};
  for (const pool of value.split(';').map((one) => one.trim())) {
    if (pool === '') continue;
    const [name = '', addresses = ''] = pool.split('=').map((one) => one.trim());
    const list = listOf(addresses);
    const isGood = /^[a-z0-9][a-z0-9-]{0,39}$/.test(name) && list.length > 0;
    if (!isGood || list.some((address) => isIP(address) === 0)) {
      const message = `"${pool}" is not name=address,address`;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }
    pools[name] = list;
  }
  return pools;
}

function text(min: number) {
  const least = min > 1 ? ` to at least ${min} characters` : '';
  return z.string(`set it${least}`).min(min, `set it${least}`);
}

function listOf(value: string): string[] {
  return value
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
}

export type Config = ReturnType<typeof readConfig>;

/** Throws one Error that names every variable that is missing or wrong. */
export function readConfig(env: NodeJS.ProcessEnv = process.env) {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(
      `The worker cannot start, because its environment is incomplete or wrong:\n${lines.join('\n')}\nSee .env.example for what each variable means.`,
    );
  }
  const value = parsed.data;
  const own = value.SOURCE_ADDRESSES.length > 0 ? value.SOURCE_ADDRESSES : ['127.0.0.1'];
  const pools: Record<string, string[]> = { default: own, ...value.SOURCE_POOLS };
  return {
    databaseUrl: value.WORKER_DATABASE_URL,
    queueUrl: value.QUEUE_DATABASE_URL,
    redisUrl: value.REDIS_URL,
    tokenSecret: value.TOKEN_SECRET,
    baseUrl: value.BASE_URL,
    isInternetAllowed: value.DELIVER_TO_INTERNET === '1',
    ehloName: value.EHLO_NAME ?? 'localhost',
    /** All of them, whatever pool they belong to. */
    sources: [...new Set(Object.values(pools).flat())],
    pools,
    routesFile: value.ROUTES_FILE,
    nameServers: value.NAME_SERVERS,
    healthPort: value.WORKER_HEALTH_PORT,
    logRetentionMonths: value.LOG_RETENTION_MONTHS,
    /** Without it no month of the log is ever dropped. */
    logArchiveDir: value.LOG_ARCHIVE_DIR,
    logLevel: value.LOG_LEVEL,
    tuning: value.WORKER_TUNING,
  };
}

/** The text of the routes file, '' without one. Throws an Error that says what to do where it cannot be read. */
export function readRoutesFile({ routesFile }: Pick<Config, 'routesFile'>): string {
  if (!routesFile) return '';
  try {
    return readFileSync(routesFile, 'utf8');
  } catch (error) {
    throw new Error(
      `ROUTES_FILE: ${routesFile} cannot be read (${(error as NodeJS.ErrnoException).code}). Write it, or leave the variable empty.`,
    );
  }
}

/** For the command-line tools, which need a few of the URLs only. Throws an Error that names what is missing. */
export function readCliConfig(env: NodeJS.ProcessEnv = process.env) {
  const need = (name: string): string => {
    const value = env[name];
    if (!value) {
      throw new Error(
        `${name} is not set. Start the installation with npm start first, or set it as .env.example says.`,
      );
    }
    return value;
  };
  return {
    get workerUrl() {
      return need('WORKER_DATABASE_URL');
    },
    get staffUrl() {
      return need('STAFF_DATABASE_URL');
    },
    get authUrl() {
      return need('AUTH_DATABASE_URL');
    },
    get baseUrl() {
      return need('BASE_URL');
    },
    get logArchiveDir() {
      return need('LOG_ARCHIVE_DIR');
    },
    get logRetentionMonths() {
      const months = retentionMonths.safeParse(env.LOG_RETENTION_MONTHS || undefined);
      if (months.success) return months.data;
      throw new Error(`LOG_RETENTION_MONTHS: ${months.error.issues[0]?.message}`);
    },
  };
}
