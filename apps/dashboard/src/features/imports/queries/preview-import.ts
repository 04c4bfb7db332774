/** The first rows of an uploaded file, read by the format that was guessed or chosen. */
import type { ImportFormat } from '@hikyaku/contracts';
import { type ImportProgress, readImportHead } from '@hikyaku/db';
import type { TenantContext } from '#server/context.ts';
import { PREVIEW_BYTES, type PreviewResult, previewFile } from '../preview.ts';

export async function previewImport(
  { run }: TenantContext,
  found: ImportProgress,
  chosen: Partial<ImportFormat>,
): Promise<PreviewResult> {
  const head = await run((scope) =>
    readImportHead(scope, { importId: found.id, bytesMax: PREVIEW_BYTES }),
  );
  const isWhole = found.sizeBytes <= PREVIEW_BYTES;
  return previewFile(head ?? new Uint8Array(0), isWhole, chosen);
}

/** Reads `?encoding=…&delimiter=…`; what is neither known nor there is left to the guess. */
export function chosenFormat(encoding: string, delimiter: string): Partial<ImportFormat> {
  const delimiters: Record<string, ImportFormat['delimiter']> = {
    comma: ',',
    semicolon: ';',
    tab: '\t',
  };
  const format: Partial<ImportFormat> = {};
  if (encoding === 'utf-8' || encoding === 'shift_jis') format.encoding = encoding;
  const known = Object.hasOwn(delimiters, delimiter) ? delimiters[delimiter] : undefined;
  if (known) format.delimiter = known;
  return format;
}
