/** Demo data: two tenants, people to sign in as, and a campaign under way. Only in a home's own database. */
import { at, nodeForTypeScript, toolEnvironment } from '../project.mjs';
import { runTool } from '../run-tool.mjs';

/** Runs prisma/seed/main.ts, which changes nothing where the data is there already. Its last line of JSON comes back. */
export async function seedDatabase(variables) {
  const done = await runTool(nodeForTypeScript(), [at('prisma/seed/main.ts')], {
    env: toolEnvironment(variables),
  });
  if (done.code !== 0) {
    const tail = done.output.trim().split('\n').slice(-20).join('\n');
    throw Object.assign(new Error(`The seed failed:\n${tail}`), { code: 'SEED_FAILED' });
  }
  const last = done.output
    .trim()
    .split('\n')
    .findLast((line) => line.startsWith('{'));
  return last ? JSON.parse(last) : {};
}
