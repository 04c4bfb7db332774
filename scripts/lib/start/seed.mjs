/** Demo data: two tenants, people to sign in as, and a campaign under way. Only in a home's own database. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { at, nodeForTypeScript, readJson, toolEnvironment } from '../project.mjs';
import { runTool } from '../run-tool.mjs';
import { writePrivate } from './home.mjs';

/** Whether this home holds demo data: made-up people, whom no mail may be sent to. */
export function hasDemoData(home) {
  return existsSync(markOf(home));
}

/**
 * `{ isFresh, logins: [{ email, role, tenant? }] }` from prisma/seed/main.ts. What it said the first time is kept, so
 * that a second start need not ask.
 */
export async function seedDatabase(variables, { home, isNewData }) {
  if (!isNewData && hasDemoData(home)) return { ...readJson(markOf(home)), isFresh: false };
  const done = await runTool(nodeForTypeScript(), [at('prisma/seed/main.ts')], {
    env: toolEnvironment(variables),
  });
  const last = done.output
    .trim()
    .split('\n')
    .findLast((line) => line.startsWith('{'));
  if (done.code !== 0 || !last) {
    const tail = done.output.trim().split('\n').slice(-20).join('\n');
    throw Object.assign(new Error(`The seed failed:\n${tail}`), { code: 'SEED_FAILED' });
  }
  const result = JSON.parse(last);
  writePrivate(markOf(home), JSON.stringify(result, undefined, 2));
  return result;
}

function markOf(home) {
  return join(home, 'demo.json');
}
