/** Where things are in this clone, and the Node that runs its TypeScript. No dependency: it runs before npm ci. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the clone, without a slash at its end. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** An absolute path inside the clone. */
export const at = (...parts) => join(root, ...parts);

/** A program that npm ci has put into node_modules/.bin. */
export const bin = (name) => at('node_modules/.bin', name);

const NODE_FLOOR = [22, 18];

/**
 * Node that strips types: the pinned one of node_modules, else this one if it is new enough.
 * Throws NODE_TOO_OLD with what to do.
 */
export function nodeForTypeScript() {
  if (existsSync(bin('node'))) return bin('node');
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > NODE_FLOOR[0] || (major === NODE_FLOOR[0] && minor >= NODE_FLOOR[1])) {
    return process.execPath;
  }
  const message =
    `Node ${process.versions.node} cannot run this project, and the pinned Node 24 is not installed ` +
    `(node_modules/.bin/node). Run \`npm ci\` without --omit=optional, or install Node 24.`;
  throw Object.assign(new Error(message), { code: 'NODE_TOO_OLD' });
}

/** The environment for tools: ours first in PATH, no telemetry, no look at hosts that may be out of reach. */
export function toolEnvironment(more = {}) {
  return {
    ...process.env,
    PATH: `${at('node_modules/.bin')}:${process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin'}`,
    NEXT_TELEMETRY_DISABLED: '1',
    TURBO_TELEMETRY_DISABLED: '1',
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    ...more,
  };
}

export function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
