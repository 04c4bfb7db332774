/** One connection for the tools of this folder, with an error that says what to do when there is none. */
import pg from 'pg';
import { DbError } from '../scope/db-error.ts';

/** A connected client; throws DbError DATABASE_UNREACHABLE. The caller ends it. */
export async function connectAs(url: string, applicationName: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: applicationName,
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    const { message, code } = error as Error & { code?: string };
    throw new DbError(
      'DATABASE_UNREACHABLE',
      `Postgres does not let us in (${code ?? 'no code'}: ${message}). Check that it runs, and DATABASE_URL.`,
      { cause: error },
    );
  }
}
