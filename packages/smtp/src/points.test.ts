/** The table of the README: every test that it names is there, and no incident is left out of it. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const named = [...readFileSync(`${ROOT}README.md`, 'utf8').matchAll(/^\| .+ \| (.+) \|$/gm)]
  .flatMap(([, cell = '']) => cell.split(' · '))
  .flatMap((entry) => [...entry.matchAll(/^`([a-z0-9/-]+)`(?:: ([^;`]+))?/g)])
  .map(([, path = '', words]) => ({ path, words }));

function fileOf(path: string): string {
  return `${ROOT}${path.startsWith('src/') ? `${path}.test.ts` : `tests/${path}.integration.test.ts`}`;
}

test('every test that the table names is there', () => {
  expect(named.length).toBeGreaterThan(100);
  for (const { path, words } of named) {
    expect(existsSync(fileOf(path)), path).toBe(true);
    // A count in a title is written by the test itself.
    const title = words?.replace(/^[\d,]+ /, '');
    if (title) expect(readFileSync(fileOf(path), 'utf8'), path).toContain(title);
  }
});

test('every incident is named in the table', () => {
  const incidents = globSync('tests/*/*.integration.test.ts', { cwd: ROOT }).map(
    (file) => `${basename(dirname(file))}/${basename(file, '.integration.test.ts')}`,
  );
  expect(incidents.length).toBeGreaterThan(100);
  const paths = new Set(named.map(({ path }) => path));
  expect(incidents.filter((incident) => !paths.has(incident))).toEqual([]);
});
