/** A database of this file's own with one Db per runtime role. */
import { createTestDatabase } from '@hikyaku/testkit/postgres';
import pg from 'pg';
import { asWorker, closeDb, type Db, openDb, type WorkerScope } from '../src/index.ts';

export interface TestDb {
  app: Db;
  auth: Db;
  staff: Db;
  worker: WorkerScope;
  urls: {
    superuserUrl: string;
    ownerUrl: string;
    appUrl: string;
    authUrl: string;
    staffUrl: string;
    workerUrl: string;
  };
  /** One statement as a role, outside any scope: for looking at what Postgres itself allows. */
  as<Row>(url: string, text: string, values?: unknown[]): Promise<Row[]>;
  /** Several statements, and what each gave. */
  script(url: string, text: string): Promise<unknown>;
  end(): Promise<void>;
}

export async function openTestDb(max = 4): Promise<TestDb> {
  const { drop, ...urls } = await createTestDatabase();
  const clients = new Map<string, Promise<pg.Client>>();
  const clientOf = (url: string) => {
    const known = clients.get(url) ?? connect(url);
    clients.set(url, known);
    return known;
  };
  const [app, auth, staff, worker] = [urls.appUrl, urls.authUrl, urls.staffUrl, urls.workerUrl].map(
    (url) => openDb({ url, max }),
  ) as [Db, Db, Db, Db];
  return {
    app,
    auth,
    staff,
    worker: asWorker(worker),
    urls,
    as: async (url, text, values) => (await (await clientOf(url)).query(text, values)).rows,
    script: async (url, text) => {
      const client = await clientOf(url);
      try {
        return await client.query(text);
      } catch (error) {
        // A script that failed may have left its transaction open.
        await client.query('rollback');
        throw error;
      }
    },
    end: async () => {
      await Promise.all([app, auth, staff, worker].map(closeDb));
      for (const client of clients.values()) await (await client).end();
      await drop();
    },
  };
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client(url);
  await client.connect();
  return client;
}
