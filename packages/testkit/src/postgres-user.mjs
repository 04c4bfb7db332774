/**
 * Postgres refuses to run as root. This file finds a way to run it all the same, and says who must own its data.
 * In order: as we are (not root) · as nobody · in a user namespace, where root looks like nobody but still
 * reaches a folder that only root may enter · as nobody with the capability to pass by permissions.
 */
import { spawnSync } from 'node:child_process';
import { chownSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';

const CAPS = '-all,+dac_override';

/**
 * The ways that work here, best first. Each is `{ name, owner: {uid, gid} | undefined, command(file, args) }`,
 * where `command` gives the arguments of child_process.spawn.
 */
export function waysToRun(binary, dataParent) {
  return allWays().filter((way) => {
    const { file, args, options } = way.command(binary, ['--version']);
    if (spawnSync(file, args, { ...options, stdio: 'ignore' }).status !== 0) return false;
    const look = way.command('/bin/sh', ['-c', 'cd "$1"', 'sh', dataParent]);
    return spawnSync(look.file, look.args, { ...look.options, stdio: 'ignore' }).status === 0;
  });
}

/** Gives a folder and all in it to the owner that a way needs; does nothing when it is so already. */
export function giveTo(owner, folder) {
  if (!owner || lstatSync(folder).uid === owner.uid) return;
  const walk = (path) => {
    const entry = lstatSync(path);
    if (entry.isDirectory()) for (const name of readdirSync(path)) walk(join(path, name));
    if (!entry.isSymbolicLink()) chownSync(path, owner.uid, owner.gid);
  };
  walk(folder);
}

function allWays() {
  const isRoot = process.getuid?.() === 0;
  const nobody = nobodyIds();
  const { uid, gid } = nobody;
  const run = (file, args, more = {}) => ({ file, args, options: { cwd: '/', ...more } });
  const namespace = {
    name: 'user namespace',
    owner: isRoot ? { uid: 0, gid: 0 } : undefined,
    command: (file, args) =>
      run('unshare', ['--user', `--map-user=${uid}`, `--map-group=${gid}`, file, ...args]),
  };
  if (!isRoot) {
    const self = { name: 'this user', owner: undefined, command: (file, args) => run(file, args) };
    // initdb wants a name for its user; a container may run us under a number that has none.
    return hasName() ? [self] : [namespace, self];
  }
  return [
    { name: 'nobody', owner: nobody, command: (file, args) => run(file, args, nobody) },
    namespace,
    {
      name: 'nobody with dac_override',
      owner: nobody,
      command: (file, args) =>
        run('setpriv', [
          ...[`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'],
          // Without this bit access(2) forgets the capability, and Postgres asks access(2) about its own file.
          ...['--securebits=+no_setuid_fixup', `--inh-caps=${CAPS}`, `--ambient-caps=${CAPS}`],
          ...[file, ...args],
        ]),
    },
  ];
}

function hasName() {
  try {
    return userInfo().username.length > 0;
  } catch {
    return false;
  }
}

function nobodyIds() {
  let passwd = '';
  try {
    passwd = readFileSync('/etc/passwd', 'utf8');
  } catch {
    // No such file: the customary numbers below.
  }
  const [uid, gid] = (/^nobody:[^:]*:(\d+):(\d+):/m.exec(passwd) ?? []).slice(1).map(Number);
  return { uid: uid || 65534, gid: gid || 65534 };
}
