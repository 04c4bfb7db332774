/**
 * Throw-away databases for tests: one cluster per run, one template migrated once, a copy for each suite.
 * The owner role is no superuser, as in production, so that forced row-level security binds it too.
 */
import { createHash, randomBytes } from 'node:crypto';
import { asSuperuser, ensureDatabase, OWNER, withDatabase } from './postgres-database.mjs';

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
  const ownerUrl = await ensureDatabase(superuserUrl, { name, password: secret });
  const urls = await prepare(ownerUrl, secret);
  process.env[CLUSTER] = superuserUrl;
  process.env[TEMPLATE] = JSON.stringify({ name, urls: { ownerUrl, ...urls } });
}

/**
 * A database of the caller's own, copied from the template: `{ ownerUrl, appUrl, authUrl, staffUrl,
 * workerUrl, superuserUrl (row-level security does not bind it), …, drop() }`. Close your pools before `drop`; it ends what is still connected.
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
  return { ...urls, superuserUrl: withDatabase(superuserUrl, name), drop };
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
