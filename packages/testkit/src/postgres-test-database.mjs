/**
 * Throw-away databases for tests: one cluster per run, one template migrated once, a copy for each suite.
 * The owner role is no superuser, as in production, so that forced row-level security binds it too.
 */
import { createHash, randomBytes } from 'node:crypto';

const OWNER = 'hikyaku_owner';
/** The cluster of this run and what its template knows, handed from the test runner to its workers. */
const CLUSTER = 'HIKYAKU_TEST_POSTGRES';
const TEMPLATE = 'HIKYAKU_TEST_TEMPLATE';

/**
 * Makes the template in the cluster at `superuserUrl`: creates the owner and the database, then calls
 * `prepare(ownerUrl, secret)`, which migrates and returns the runtime URLs `{ appUrl, authUrl, … }`.
 * Sets the environment from which `createTestDatabase` reads.
 */
export async function prepareTemplate(superuserUrl, prepare) {
  const secret = createHash('sha256').update(superuserUrl).digest('hex');
  const name = `hikyaku_template_${randomBytes(4).toString('hex')}`;
  await asSuperuser(superuserUrl, async (client) => {
    const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [OWNER]);
    if (!rowCount) {
      await client.query(`create role ${OWNER} login createrole createdb password '${secret}'`);
    }
    await client.query(`create database ${name} owner ${OWNER}`);
  });
  const ownerUrl = withDatabase(superuserUrl, name, OWNER, secret);
  const urls = await prepare(ownerUrl, secret);
  process.env[CLUSTER] = superuserUrl;
  process.env[TEMPLATE] = JSON.stringify({ name, urls: { ownerUrl, ...urls } });
}

/**
 * A database of the caller's own, copied from the template: `{ ownerUrl, appUrl, authUrl, staffUrl,
 * workerUrl, …, drop() }`. Close your pools before `drop`; it ends what is still connected.
 */
export async function createTestDatabase() {
  const superuserUrl = process.env[CLUSTER];
  if (!superuserUrl || !process.env[TEMPLATE]) {
    throw new Error(
      'No test Postgres. Run `npm test`, or `node_modules/.bin/vitest run --project integration <path>`.',
    );
  }
  const template = JSON.parse(process.env[TEMPLATE]);
  const name = `hikyaku_test_${randomBytes(6).toString('hex')}`;
  await asSuperuser(superuserUrl, async (client) => {
    // One copy at a time: CREATE DATABASE fails while another session is in the template.
    await client.query('select pg_advisory_lock(72707370)');
    await client.query(`create database ${name} template ${template.name} owner ${OWNER}`);
    for (const grant of await grantsOf(client, template.name, name)) await client.query(grant);
  });
  const urls = Object.fromEntries(
    Object.entries(template.urls).map(([key, url]) => [key, withDatabase(url, name)]),
  );
  const drop = () =>
    asSuperuser(superuserUrl, (client) => client.query(`drop database ${name} with (force)`));
  return { ...urls, drop };
}

/** CREATE DATABASE … TEMPLATE copies all but the rights on the database itself. */
async function grantsOf(client, template, copy) {
  const { rows } = await client.query(
    `select format('grant %s on database %I to %s', privilege_type, $2::text,
       case grantee when 0 then 'public' else grantee::regrole::text end) as grant
     from pg_database, aclexplode(datacl) where datname = $1`,
    [template, copy],
  );
  return rows.map((row) => row.grant);
}

function withDatabase(url, database, user, password) {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  if (user) changed.username = user;
  if (password) changed.password = password;
  return changed.href;
}

async function asSuperuser(connectionString, act) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}
