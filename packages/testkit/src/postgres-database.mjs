/**
 * Databases in an embedded cluster. Their owner is no superuser, as in production, so that forced row-level
 * security binds it too.
 */

export const OWNER = 'hikyaku_owner';

/** Makes the database `name` and its owner where they are missing, and sets the owner's password. Returns its URL. */
export async function ensureDatabase(superuserUrl, { name, password }) {
  await asSuperuser(superuserUrl, async (client) => {
    const roles = await client.query('select 1 from pg_roles where rolname = $1', [OWNER]);
    if (!roles.rowCount) await client.query(`create role ${OWNER}`);
    const quoted = client.escapeLiteral(password);
    await client.query(`alter role ${OWNER} login createrole createdb password ${quoted}`);
    const databases = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (!databases.rowCount) await client.query(`create database ${name} owner ${OWNER}`);
  });
  return withDatabase(superuserUrl, name, OWNER, password);
}

/** The same server, another database and, if given, another role. */
export function withDatabase(url, database, user, password) {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  if (user) changed.username = user;
  if (password) changed.password = password;
  return changed.href;
}

/** Runs `act` with a connection of its own; pg is loaded late, because `npm start` loads this file before it is installed. */
export async function asSuperuser(connectionString, act) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}
