/**
 * npm run check: all that can be said about the code without running it. Every step runs, even behind a failed one.
 * `npm run check -- tsc tidy` runs only those steps.
 */
import { existsSync, readdirSync } from 'node:fs';
import { checkFences } from './lib/fences.mjs';
import { generateClient } from './lib/generate-client.mjs';
import { installPackages } from './lib/install.mjs';
import { at, bin, nodeForTypeScript } from './lib/project.mjs';
import { eachOf, runTool } from './lib/run-tool.mjs';
import { bold, green, red, seconds, stepLine } from './lib/steps.mjs';
import { readProject, tidyProblems } from './lib/tidy/index.mjs';

const STEPS = [
  ['install', install, 'run `npm ci`'],
  ['generate', generate, 'mend prisma/schema, then `npm run generate`'],
  ['biome', biome, '`npm run format` mends most of it'],
  ['tsc', typecheck, 'mend the types; `node_modules/.bin/tsc -p <workspace>` shows one workspace'],
  [
    'fences',
    fences,
    'ARCHITECTURE.md says who may import whom; the rules are in .dependency-cruiser.mjs',
  ],
  ['knip', knip, 'delete what nobody uses, or list an entry in knip.json'],
  ['tidy', tidy, 'each line says what to do; the rules are in scripts/lib/tidy'],
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !STEPS.some(([step]) => step === name));
if (unknown.length) {
  console.error(
    `No such step: ${unknown.join(', ')}. There are: ${STEPS.map(([n]) => n).join(', ')}.`,
  );
  process.exit(2);
}

const failed = [];
for (const [name, run, remedy] of STEPS) {
  if (wanted.length && !wanted.includes(name)) continue;
  const begin = performance.now();
  const { note, problem } = await run().catch((error) => ({ problem: error.message }));
  if (!problem) {
    console.log(stepLine(green('ok    '), name, seconds(begin), note));
    continue;
  }
  failed.push(name);
  console.log(stepLine(red('FAILED'), name, seconds(begin)));
  console.log(`\n${problem.trim()}\n\n${bold('To mend it:')} ${remedy}\n`);
}
console.log(failed.length ? red(`check failed: ${failed.join(', ')}`) : green('check passed'));
process.exitCode = failed.length ? 1 : 0;

async function install() {
  const { isFresh } = await installPackages();
  return { note: isFresh ? 'npm ci' : 'nothing to do' };
}

async function generate() {
  const { isFresh } = await generateClient();
  return { note: isFresh ? 'Prisma client written' : 'schema unchanged' };
}

async function biome() {
  const args = ['ci', '--colors=off', '--error-on-warnings', '--max-diagnostics=40', '.'];
  const { code, output } = await runTool(bin('biome'), args);
  return code === 0 ? { note: output.trim().split('\n')[0] } : { problem: output };
}

async function typecheck() {
  const workspaces = ['apps', 'packages']
    .flatMap((parent) => readdirSync(at(parent)).map((name) => `${parent}/${name}`))
    .concat('e2e', 'bench', 'faults')
    .filter((path) => existsSync(at(path, 'tsconfig.json')));
  const results = await eachOf(workspaces, 2, async (path) => ({
    path,
    ...(await runTool(bin('tsc'), ['-p', path, '--pretty', 'false'])),
  }));
  const bad = results.filter(({ code }) => code !== 0);
  if (bad.length === 0) return { note: `${workspaces.length} workspaces` };
  return { problem: bad.map(({ path, output }) => `${path}:\n${output.trim()}`).join('\n\n') };
}

async function fences() {
  const { modules, problems } = await checkFences();
  if (problems.length === 0) return { note: `${modules} modules` };
  return { problem: problems.map(({ problem }) => problem).join('\n') };
}

async function knip() {
  const args = [bin('knip'), '--no-progress', '--no-config-hints'];
  const { code, output } = await runTool(nodeForTypeScript(), args);
  return code === 0 ? {} : { problem: output };
}

async function tidy() {
  const files = await readProject();
  const problems = tidyProblems(files);
  if (problems.length === 0) return { note: `${files.size} files` };
  return {
    problem: problems
      .map(({ file, line, problem }) => `${file}${line ? `:${line}` : ''}: ${problem}`)
      .join('\n'),
  };
}
