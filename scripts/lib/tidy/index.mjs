/**
 * The tidy test: what the style guide asks and no other tool sees. Each rule takes the project's text files
 * (`Map` of path to text) and returns `{ file, line?, problem }`.
 */
import { readFileSync } from 'node:fs';
import { at } from '../project.mjs';
import { runTool } from '../run-tool.mjs';
import { catalogueProblems } from './catalogues.mjs';
import { contentProblems } from './content.mjs';
import { environmentProblems } from './environment.mjs';
import { headerProblems, lengthProblems, nameProblems } from './files.mjs';
import { versionProblems } from './versions.mjs';

const RULES = [
  nameProblems,
  lengthProblems,
  headerProblems,
  contentProblems,
  environmentProblems,
  versionProblems,
  catalogueProblems,
];
const TEXT =
  /\.(tsx?|mts|mjs|json|css|sql|prisma|md|ya?ml|sh|txt)$|(^|\/)(Dockerfile[^/]*|run|\.env\.example|\.gitignore|\.npmrc|\.dockerignore)$/;

/** Every problem that any rule finds in these files. */
export function tidyProblems(files) {
  return RULES.flatMap((rule) => rule(files));
}

/** The text files that git knows or would take, generated code left out. */
export async function readProject() {
  const listed = await runTool('git', [
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
  ]);
  if (listed.code !== 0) throw new Error(`git ls-files failed: ${listed.output.trim()}`);
  const paths = [...new Set(listed.output.split('\0'))].filter((path) => TEXT.test(path)).sort();
  return new Map(paths.flatMap((path) => readIfThere(path)));
}

function readIfThere(path) {
  try {
    return [[path, readFileSync(at(path), 'utf8')]];
  } catch {
    // Deleted in the working tree, not yet in the index.
    return [];
  }
}
