/**
 * Takes a file as it arrives and stores it piece by piece: memory holds one piece, whatever the file's size.
 * A file that is no CSV of addresses leaves nothing behind; one that breaks off leaves a cancelled import.
 */
import { appendImportChunk, cancelImport, createImport, finishUpload } from '@hikyaku/db';
import type { TenantContext } from '#server/context.ts';
import { env } from '#server/env.ts';
import { log } from '#server/log.ts';
import { Refusal } from '#server/refusal.ts';
import { piecesOf } from './pieces.ts';
import { PREVIEW_BYTES, previewFile } from './preview.ts';

const PIECE_BYTES = 512 * 1024;

/** Where the rows go: a list, or the tenant's suppressions. */
export type UploadTarget =
  | { kind: 'recipients'; listId: string }
  | { kind: 'suppressions'; listId: null };

/** 201 with `{ importId }`. Throws Refusal FILE_…, HEADER_…, TOO_LARGE or UPLOAD_BROKEN. */
export async function receiveUpload(
  { run }: TenantContext,
  request: Request,
  target: UploadTarget,
): Promise<Response> {
  const bytesMax = env().UPLOAD_MAX_BYTES;
  if (Number(request.headers.get('content-length') ?? 0) > bytesMax) throw tooLarge(bytesMax);
  const filename = cleanName(new URL(request.url).searchParams.get('filename'));
  const { importId } = await run((scope) => createImport(scope, { ...target, filename }));
  try {
    await storeBody(request.body, bytesMax, (seq, data) =>
      run((scope) => appendImportChunk(scope, { importId, seq, data })),
    );
    await run((scope) => finishUpload(scope, { importId }));
    return Response.json({ importId }, { status: 201 });
  } catch (error) {
    await giveUp(run, importId, error instanceof Refusal);
    throw error instanceof Refusal ? error : brokenOff(error);
  }
}

async function storeBody(
  body: ReadableStream<Uint8Array> | null,
  bytesMax: number,
  store: (seq: number, data: Uint8Array) => Promise<void>,
): Promise<void> {
  let seq = 0;
  let bytes = 0;
  for await (const { data, isLast } of piecesOf(body, PIECE_BYTES)) {
    bytes += data.byteLength;
    if (bytes > bytesMax) throw tooLarge(bytesMax);
    if (seq === 0) {
      const isWhole = isLast && data.byteLength <= PREVIEW_BYTES;
      const seen = previewFile(data.subarray(0, PREVIEW_BYTES), isWhole);
      if (!seen.ok) throw new Refusal(seen.code);
    }
    if (data.byteLength > 0) await store(seq++, data);
  }
}

async function giveUp(run: TenantContext['run'], importId: string, isRefused: boolean) {
  try {
    if (!isRefused) return await run((scope) => cancelImport(scope, { importId }));
    await run(({ prisma, tenantId }) =>
      prisma.listImport.delete({
        where: { tenantId_id: { tenantId, id: importId } },
        select: { id: true },
      }),
    );
  } catch (error) {
    log.warn({ err: error, importId }, 'an upload that ended early could not be put away');
  }
}

function brokenOff(error: unknown): Refusal {
  log.info({ err: error }, 'an upload broke off');
  return new Refusal('UPLOAD_BROKEN');
}

function tooLarge(bytesMax: number): Refusal {
  return new Refusal('TOO_LARGE', { megabytes: Math.floor(bytesMax / 1_048_576) });
}

/** A name to show: no folders, no control characters, not endless. */
function cleanName(given: string | null): string {
  const name = (given ?? '').split(/[/\\]/).at(-1) ?? '';
  const shown = name.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '').trim();
  return shown.slice(0, 200).toWellFormed() || 'upload.csv';
}
