/** Runs dependency-cruiser over the workspaces and says which import breaks which fence. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { at, bin, nodeForTypeScript, root } from './project.mjs';
import { runTool } from './run-tool.mjs';

const FOLDERS = ['apps', 'packages', 'prisma', 'scripts', 'e2e', 'bench', 'faults'];

/**
 * `{ modules, problems }` for the tree at `folder`. Nothing to look at is a problem of its own:
 * dependency-cruiser only warns when a changed path leaves it without a module.
 */
export async function checkFences(folder = root) {
  const args = FOLDERS.filter((name) => existsSync(join(folder, name)));
  const config = ['--config', at('.dependency-cruiser.mjs'), '--output-type', 'json'];
  const done = await runTool(nodeForTypeScript(), [bin('depcruise'), ...config, ...args], {
    cwd: folder,
  });
  let summary;
  try {
    summary = JSON.parse(done.output.slice(done.output.indexOf('{'))).summary;
  } catch {
    return { modules: 0, problems: [{ rule: 'cruise', problem: done.output.trim().slice(-2000) }] };
  }
  const problems = summary.violations.map(({ from, to, rule }) => ({
    rule: rule.name,
    problem: `${from} → ${to} (${rule.name})`,
  }));
  if (!summary.totalCruised) {
    problems.push({ rule: 'cruise', problem: 'no module was looked at: are the paths right?' });
  }
  return { modules: summary.totalCruised, problems };
}
