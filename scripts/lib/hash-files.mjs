/** One hash over files and folders, to know whether something must be built again. */
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './project.mjs';

const SKIPPED = new Set([
  'node_modules',
  '.next',
  '.turbo',
  '.hikyaku',
  '.git',
  'tests',
  'test-results',
]);

/** sha256 over the names and contents of what `paths` (absolute) hold; tests and build output do not count. */
export function hashFiles(paths) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap(filesUnder)) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (!lstatSync(path).isDirectory()) return lstatSync(path).isFile() ? [path] : [];
  return readdirSync(path)
    .sort()
    .filter((name) => !SKIPPED.has(name) && !/\.test\.\w+$|\.tsbuildinfo$/.test(name))
    .flatMap((name) => filesUnder(join(path, name)));
}
