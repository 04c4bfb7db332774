/**
 * The folder where an installation keeps what is its own: secrets, data, logs, and who is running.
 * Only one instance runs on a home; `--reset` removes nothing but a home.
 */
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const MARK = 'hikyaku-home';
const RUN = 'run.json';
const GUARD_MS = 12_000;

/** Makes the folder if need be. Throws HOME_UNUSABLE, and HOME_NOT_OURS for a folder with somebody else's files. */
export function openHome(home) {
  requireOurs(home);
  try {
    mkdirSync(join(home, 'logs'), { recursive: true, mode: 0o755 });
    accessSync(home, constants.W_OK);
    writeFileSync(join(home, MARK), 'Made by npm start. Remove it with: npm start -- --reset\n');
  } catch (error) {
    throw failure(
      'HOME_UNUSABLE',
      `${home} cannot be written (${error.code}). It may belong to another user, for example after a start with sudo. ` +
        'Give it to this user with chown, or set HIKYAKU_HOME to a folder of your own.',
    );
  }
}

/** Removes a home and all in it; refuses a folder that is none. */
export function resetHome(home) {
  if (!existsSync(home)) return false;
  requireOurs(home);
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  return true;
}

function requireOurs(home) {
  if (!existsSync(home) || existsSync(join(home, MARK)) || readdirSync(home).length === 0) return;
  throw failure(
    'HOME_NOT_OURS',
    `${home} holds files that npm start did not make (it has no file ${MARK}), so it is left alone. ` +
      'Set HIKYAKU_HOME to a folder of its own.',
  );
}

/** The instance that runs on this home, if one does: `{ pid, url, … }`. */
export function runningInstance(home) {
  const run = readRun(home);
  return run && isAlive(run.pid, run.born) ? run : undefined;
}

/** Throws ALREADY_RUNNING. Waits until the leftovers of a killed start have ended. */
export async function requireFree(home) {
  const other = runningInstance(home);
  if (other) throw alreadyRunning(home, other);
  const before = readRun(home);
  const deadline = Date.now() + GUARD_MS;
  while (before?.guard && isAlive(before.guard, before.guardBorn) && Date.now() < deadline) {
    await sleep(100);
  }
}

/** Takes the home for this process. Throws ALREADY_RUNNING, also to the slower one of two that start at once. */
export async function takeHome(home) {
  await requireFree(home);
  const mine = JSON.stringify({ pid: process.pid, born: startTime(process.pid) });
  const take = () => writeFileSync(join(home, RUN), mine, { flag: 'wx', mode: 0o600 });
  try {
    take();
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    const other = runningInstance(home);
    if (other) throw alreadyRunning(home, other);
    rmSync(join(home, RUN), { force: true });
    take();
  }
}

function alreadyRunning(home, { url, pid }) {
  const where = url ? ` at ${url}` : '';
  return failure(
    'ALREADY_RUNNING',
    `Hikyaku already runs on ${home}${where} (process ${pid}). Stop that one with Ctrl-C first, ` +
      'or set HIKYAKU_HOME to another folder to run a second one.',
  );
}

/** Writes down who runs here and what others need to reach it. */
export function noteRun(home, facts) {
  const run = { pid: process.pid, born: startTime(process.pid), ...facts };
  if (run.guard) run.guardBorn = startTime(run.guard);
  writePrivate(join(home, RUN), JSON.stringify(run, undefined, 2));
}

/** Gives the home free again. */
export function leaveHome(home) {
  if (readRun(home)?.pid === process.pid) rmSync(join(home, RUN), { force: true });
}

/** Secrets, made once and kept: a new one would end every session and break every link in sent mail. */
export function readSecrets(home) {
  const path = join(home, 'secrets.json');
  const kept = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
  const secrets = {
    databaseSecret: random(),
    ownerPassword: random(),
    nextauthSecret: random(),
    tokenSecret: random(),
    demoPassword: readable(),
    ...kept,
  };
  const isFresh = Object.keys(kept).length < Object.keys(secrets).length;
  if (isFresh) writePrivate(path, JSON.stringify(secrets, undefined, 2));
  return { ...secrets, isFresh };
}

/** Whole or not at all, and for this user's eyes only. */
export function writePrivate(path, text) {
  writeFileSync(`${path}.part`, `${text}\n`, { mode: 0o600 });
  renameSync(`${path}.part`, path);
}

function readRun(home) {
  try {
    return JSON.parse(readFileSync(join(home, RUN), 'utf8'));
  } catch {
    return undefined;
  }
}

function isAlive(pid, born) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  const now = startTime(pid);
  return born === undefined || now === undefined || now === born;
}

/** Tells a process from a later one with the same number; only Linux says it. */
function startTime(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function random() {
  return randomBytes(32).toString('base64url');
}

/** Long enough for the sign-in page, short enough to type: four groups without look-alike letters. */
function readable() {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const group = () => Array.from(randomBytes(4), (byte) => letters[byte % letters.length]).join('');
  return Array.from({ length: 4 }, group).join('-');
}

function failure(code, message) {
  return Object.assign(new Error(message), { code });
}
