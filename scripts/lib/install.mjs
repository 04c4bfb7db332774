/** Installs what package-lock.json says, when it is not installed already. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { at, bin } from './project.mjs';
import { runTool } from './run-tool.mjs';

const STAMP = at('node_modules/.hikyaku-lock-hash');
const LOCK = at('package-lock.json');

/** `{ isFresh }`; throws INSTALL_FAILED with the end of npm's output. `onData` sees it as it comes. */
export async function installPackages({ onData } = {}) {
  const hash = createHash('sha256').update(readFileSync(LOCK)).digest('hex');
  if (isInstalled(hash)) return { isFresh: false };
  // npm itself is run by the Node that runs us; its path is known when npm started us.
  const npm = process.env.npm_execpath;
  const [file, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const args = [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const done = await runTool(file, args, { onData });
  if (done.code !== 0) {
    const tail = done.output.trim().split('\n').slice(-20).join('\n');
    const message = `npm ci failed. Is the registry reachable, and is there room on the disk?\n${tail}`;
    throw Object.assign(new Error(message), { code: 'INSTALL_FAILED' });
  }
  writeFileSync(STAMP, hash);
  return { isFresh: true };
}

/** By us from this very lock, or by anybody with the same result. */
function isInstalled(hash) {
  const kept = at('node_modules/.package-lock.json');
  if (!existsSync(kept) || !existsSync(bin('vitest'))) return false;
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) return true;
  if (!hasAll(kept)) return false;
  writeFileSync(STAMP, hash);
  return true;
}

/** npm's record of what it installed holds every package of the lock that is not for another platform. */
function hasAll(kept) {
  const installed = JSON.parse(readFileSync(kept, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(LOCK, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional, link }]) =>
      !path.includes('node_modules/') || link || optional || installed[path]?.version === version,
  );
}
