/** A file system of its own, small enough to be filled: a tmpfs, for which mount rights are needed. */
import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SIZE_BYTES = 400_000_000;

export interface SmallDisk {
  path: string;
  /** Writes until there is no room. */
  fill(): void;
  /** The room is there again. */
  empty(): void;
  /** Gone, whatever still stands on it. */
  remove(): void;
}

/** Undefined where this process may not mount. */
export function mountSmallDisk(): SmallDisk | undefined {
  const path = mkdtempSync(join(tmpdir(), 'hikyaku-small-disk-'));
  const options = `size=${SIZE_BYTES}`;
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'hikyaku-faults', path]);
  if (mounted.status !== 0) {
    rmSync(path, { recursive: true });
    return undefined;
  }
  chmodSync(path, 0o755);
  const filler = join(path, 'filler');
  return {
    path,
    fill: () => {
      const file = openSync(filler, 'w');
      try {
        for (const block = Buffer.alloc(1_048_576); ; ) writeSync(file, block);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      } finally {
        closeSync(file);
      }
    },
    empty: () => rmSync(filler, { force: true }),
    remove: () => {
      spawnSync('umount', ['-l', path]);
      rmSync(path, { recursive: true, force: true });
    },
  };
}
