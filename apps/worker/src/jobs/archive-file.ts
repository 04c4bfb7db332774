/** A file of the archive: written under another name, on the disk before it gets its own, and read back to be sure. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { parse } from 'csv-parse';

/** Calls `fill` with what takes the CSV. The file is whole under its name, or not there. */
export async function writeArchive(
  dir: string,
  file: string,
  fill: (take: (csv: Readable) => Promise<void>) => Promise<void>,
): Promise<void> {
  await mkdir(dir, { recursive: true });
  const path = join(dir, file);
  const partial = `${path}.part`;
  try {
    await fill((csv) => pipeline(csv, createGzip(), createWriteStream(partial, { mode: 0o640 })));
    await sync(partial);
    await rename(partial, path);
    await sync(dir);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** Reads the whole file: its rows without the header, its size and its SHA-256. Rejects where it is not there or not whole. */
export async function inspectArchive(
  dir: string,
  file: string,
): Promise<{ rowCount: number; sizeBytes: number; sha256: string }> {
  const path = join(dir, file);
  const hash = createHash('sha256');
  let lines = 0;
  await pipeline(
    createReadStream(path),
    async function* (pieces: AsyncIterable<Buffer>) {
      for await (const piece of pieces) {
        hash.update(piece);
        yield piece;
      }
    },
    createGunzip(),
    parse(),
    async (records: AsyncIterable<string[]>) => {
      for await (const _ of records) lines += 1;
    },
  );
  const { size } = await stat(path);
  return { rowCount: Math.max(0, lines - 1), sizeBytes: size, sha256: hash.digest('hex') };
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
