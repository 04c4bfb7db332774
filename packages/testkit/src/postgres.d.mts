/** Types of postgres.mjs, which is plain JavaScript so that `npm start` can use it before anything is built. */

export interface RunningPostgres {
  /** Superuser URL of the database `postgres`. */
  url: string;
  port: number;
  pid: number;
  /** The data folder was created by this call. */
  isFresh: boolean;
  /** Fast shutdown; removes the data folder if it was temporary. */
  stop(): Promise<void>;
  /** Ends it at once; the next start recovers. */
  kill(): void;
}

export interface StartPostgresOptions {
  /** Kept between runs; temporary when left out. */
  dataDir?: string;
  /** Wanted port; the next free one if it is taken; any when left out. */
  port?: number;
  /** postgresql.conf parameters, for example `{ fsync: 'off' }`. */
  settings?: Record<string, string>;
  logFile?: string;
}

/** The folder of the newest server that Debian's packages have installed: for POSTGRES_BIN. */
export function installedPostgres(): string | undefined;

export interface TestDatabaseUrls {
  ownerUrl: string;
  appUrl: string;
  authUrl: string;
  staffUrl: string;
  workerUrl: string;
  /** BullMQ's Postgres backend: own role, own schema `bullmq`. */
  queueUrl: string;
}

export interface TestDatabase extends TestDatabaseUrls {
  /** Row-level security does not bind it: for arranging and checking, never for what is tested. */
  superuserUrl: string;
  /** Removes the database, ending what is still connected to it. */
  drop(): Promise<void>;
}

/** Starts a private Postgres 18 on loopback. Throws with code POSTGRES_INIT_FAILED or POSTGRES_START_FAILED. */
export function startPostgres(options?: StartPostgresOptions): Promise<RunningPostgres>;

/** Makes a database and its owner, no superuser, where they are missing, and sets the password. Returns the owner's URL. */
export function ensureDatabase(
  superuserUrl: string,
  options: { name: string; password: string },
): Promise<string>;

/** Makes the migrated template from which `createTestDatabase` copies. Called once per test run. */
export function prepareTemplate(
  superuserUrl: string,
  prepare: (ownerUrl: string, secret: string) => Promise<Omit<TestDatabaseUrls, 'ownerUrl'>>,
): Promise<void>;

/** A migrated database of the caller's own. Needs the integration project of vitest, or `npm test`. */
export function createTestDatabase(): Promise<TestDatabase>;

/** The first free loopback port from `wanted` on, or any. */
export function freePort(wanted?: number): Promise<number>;
