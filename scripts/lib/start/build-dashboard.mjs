/** Builds the dashboard when what it is made of has changed. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashFiles } from '../hash-files.mjs';
import { at, nodeForTypeScript, readJson } from '../project.mjs';
import { runTool } from '../run-tool.mjs';

export const DASHBOARD = at('apps/dashboard');
export const NEXT = at('node_modules/next/dist/bin/next');
const STAMP = join(DASHBOARD, '.next/hikyaku-source-hash');

/** Whether the last build is of other sources than those that are here. */
export function isBuildStale() {
  return !existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== sourceHash();
}

/** `{ isFresh }`; throws BUILD_FAILED with the end of what Next said. */
export async function buildDashboard({ logFile } = {}) {
  const hash = sourceHash();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) return { isFresh: false };
  const env = { NODE_ENV: 'production' };
  const done = await runTool(nodeForTypeScript(), [NEXT, 'build'], { cwd: DASHBOARD, env });
  if (logFile) writeFileSync(logFile, done.output);
  if (done.code !== 0) {
    const tail = done.output.trim().split('\n').slice(-30).join('\n');
    const message = `next build failed in apps/dashboard. Its output ends:\n${tail}`;
    throw Object.assign(new Error(message), { code: 'BUILD_FAILED' });
  }
  writeFileSync(STAMP, hash);
  return { isFresh: true };
}

function sourceHash() {
  return hashFiles([
    ...['src', 'messages', 'public', 'next.config.ts', 'postcss.config.mjs', 'package.json'].map(
      (name) => join(DASHBOARD, name),
    ),
    ...packagesOf(join(DASHBOARD, 'package.json')).map((name) => at('packages', name)),
    at('prisma/schema'),
    at('package-lock.json'),
  ]);
}

/** Our own packages that a manifest leads to, directly or through others. */
function packagesOf(manifest, found = new Set()) {
  for (const name of Object.keys(readJson(manifest).dependencies ?? {})) {
    const [, folder] = /^@hikyaku\/(.+)$/.exec(name) ?? [];
    if (!folder || found.has(folder)) continue;
    found.add(folder);
    packagesOf(at('packages', folder, 'package.json'), found);
  }
  return [...found].sort();
}
