/** Writes the Prisma client when the schema has changed since the last time. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hashFiles } from './hash-files.mjs';
import { at, bin, nodeForTypeScript } from './project.mjs';
import { runTool } from './run-tool.mjs';

const OUTPUT = at('packages/db/src/generated');
const STAMP = at('packages/db/src/generated/.schema-hash');

/** `{ isFresh, output }`; throws GENERATE_FAILED with what Prisma said. */
export async function generateClient({ isForced = false } = {}) {
  const hash = hashFiles([at('prisma/schema'), at('prisma.config.ts'), at('package-lock.json')]);
  const isDone = existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash;
  if (isDone && !isForced) return { isFresh: false };
  // Prisma would download an engine that generating does not need; /bin/true stands in for it.
  const env = { PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true', CHECKPOINT_DISABLE: '1' };
  const done = await runTool(nodeForTypeScript(), [bin('prisma'), 'generate'], { env });
  if (done.code !== 0) {
    const message = `Prisma could not write its client from prisma/schema:\n${done.output.trim()}`;
    throw Object.assign(new Error(message), { code: 'GENERATE_FAILED' });
  }
  mkdirSync(OUTPUT, { recursive: true });
  writeFileSync(STAMP, hash);
  return { isFresh: true };
}
