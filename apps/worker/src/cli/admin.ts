/**
 * `npm run admin -- create-staff --email A --name N [--locale ja|en]`: makes a staff user of a real installation and prints
 * a one-time link that sets the password. `archive-log [--dry-run]`: exports and drops old months of the log.
 */
import { createHash, randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import {
  asAuth,
  asStaff,
  closeDb,
  createOneTimeLink,
  createStaffUser,
  DbError,
  openDb,
} from '@hikyaku/db';
import { readCliConfig } from '../env.ts';
import { archiveLogByHand } from './archive-log.ts';

const LINK_HOURS = 48;
const USAGE = `npm run admin -- create-staff --email you@example.com --name "Your Name" [--locale ja|en]
  Makes a staff user and prints a link that sets the password. It works once, for ${LINK_HOURS} hours.
npm run admin -- archive-log [--dry-run]
  Exports the months of the delivery log that are older than LOG_RETENTION_MONTHS to LOG_ARCHIVE_DIR, and drops them. The
  worker does so by itself every hour; --dry-run only says what would be done.
`;

const archive = archiveOrUndefined();
const person = personOrUndefined();
if (archive) process.exitCode = await archiveLogByHand(archive.isDryRun);
else if (person) await main(person);
else {
  process.stderr.write(USAGE);
  process.exitCode = 2;
}

async function main(staff: Person): Promise<void> {
  try {
    const link = await createStaff(staff);
    process.stdout.write(
      `Staff user ${staff.email}. Set the password within ${LINK_HOURS} hours:\n${link}\n`,
    );
  } catch (error) {
    if (!(error instanceof DbError)) throw error;
    process.stderr.write(`No staff user was made: ${error.message}\n`);
    process.exitCode = 1;
  }
}

function archiveOrUndefined(): { isDryRun: boolean } | undefined {
  const [command, flag, ...rest] = process.argv.slice(2);
  if (command !== 'archive-log' || rest.length > 0) return undefined;
  if (flag !== undefined && flag !== '--dry-run') return undefined;
  return { isDryRun: flag === '--dry-run' };
}

function personOrUndefined(): Person | undefined {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { email: { type: 'string' }, name: { type: 'string' }, locale: { type: 'string' } },
    });
    const { email, name, locale = 'ja' } = values;
    const isComplete = positionals.length === 1 && positionals[0] === 'create-staff';
    if (!isComplete || !email || !name || (locale !== 'ja' && locale !== 'en')) return undefined;
    return { email, name, locale };
  } catch {
    return undefined;
  }
}

async function createStaff(staff: Person): Promise<string> {
  const config = readCliConfig();
  const staffDb = openDb({ url: config.staffUrl, max: 1 });
  const authDb = openDb({ url: config.authUrl, max: 1 });
  try {
    const { userId } = await asStaff(staffDb, null, (scope) => createStaffUser(scope, staff));
    const token = randomBytes(32).toString('base64url');
    const tokenHash = createHash('sha256').update(token).digest('hex');
    const expiresAt = new Date(Date.now() + LINK_HOURS * 3_600_000);
    await asAuth(authDb, (scope) =>
      createOneTimeLink(scope, { kind: 'invite', userId, tokenHash, createdBy: null, expiresAt }),
    );
    return `${config.baseUrl}/password/${token}`;
  } finally {
    await closeDb(staffDb);
    await closeDb(authDb);
  }
}

interface Person {
  email: string;
  name: string;
  locale: 'ja' | 'en';
}
