/**
 * What an uploaded file seems to be, from its first bytes: encoding, delimiter, header, first rows, and a
 * guess at its columns. Pure; the worker reads the whole file by the same rules.
 */
import {
  type BinaryKind,
  type ColumnGuess,
  type Delimiter,
  detectDelimiter,
  detectEncoding,
  guessColumns,
  headerProblem,
  isBlankRow,
  normaliseAddress,
} from '@hikyaku/audience';
import type { ImportFormat } from '@hikyaku/contracts';
import { parse } from 'csv-parse/sync';

/** How much of a file is looked at. */
export const PREVIEW_BYTES = 256 * 1024;
const ROWS_SHOWN = 20;

export interface FilePreview {
  encoding: ImportFormat['encoding'];
  delimiter: Delimiter;
  header: string[];
  rows: string[][];
  guess: ColumnGuess;
}

/** Why a file cannot be imported: codes of `errors` in the catalogues. */
export type FileProblem =
  | 'FILE_EMPTY'
  | 'FILE_NOT_CSV'
  | 'FILE_IS_WORKBOOK'
  | 'FILE_IS_PDF'
  | 'FILE_IS_ZIP'
  | 'FILE_IS_IMAGE'
  | 'FILE_IS_UTF16'
  | 'FILE_UNREADABLE'
  | 'HEADER_WITHOUT_ADDRESS'
  | 'HEADER_MISSING'
  | 'HEADER_TOO_WIDE';

export type PreviewResult = { ok: true; preview: FilePreview } | { ok: false; code: FileProblem };

/** `isWhole` says that `bytes` are all of the file. `chosen` is what a person picked instead of the guess. */
export function previewFile(
  bytes: Uint8Array,
  isWhole: boolean,
  chosen: Partial<ImportFormat> = {},
): PreviewResult {
  if (bytes.every(isSpace)) return { ok: false, code: 'FILE_EMPTY' };
  const detected = detectEncoding(bytes, isWhole);
  if (detected.kind === 'binary') return { ok: false, code: BINARY[detected.looksLike] };
  const encoding =
    chosen.encoding ?? (detected.encoding === 'shift_jis' ? 'shift_jis' : ('utf-8' as const));
  const text = new TextDecoder(encoding).decode(bytes, { stream: !isWhole });
  const delimiter = chosen.delimiter ?? detectDelimiter(text);
  const records = firstRecords(text, delimiter, isWhole);
  if (!records) return { ok: false, code: 'FILE_UNREADABLE' };
  const [header = [], ...rows] = records;
  const guess = guessColumns(header, rows);
  const code = problemOf(header, guess);
  if (code) return { ok: false, code };
  return { ok: true, preview: { encoding, delimiter, header, rows, guess } };
}

const BINARY: Record<BinaryKind, FileProblem> = {
  pdf: 'FILE_IS_PDF',
  xlsx: 'FILE_IS_WORKBOOK',
  xls: 'FILE_IS_WORKBOOK',
  zip: 'FILE_IS_ZIP',
  gzip: 'FILE_IS_ZIP',
  png: 'FILE_IS_IMAGE',
  jpeg: 'FILE_IS_IMAGE',
  gif: 'FILE_IS_IMAGE',
  'utf-16': 'FILE_IS_UTF16',
  unknown: 'FILE_NOT_CSV',
};

function problemOf(header: string[], guess: ColumnGuess): FileProblem | null {
  // Without this, the first person of a file without names would be taken for its header.
  if (header.some((cell) => normaliseAddress(cell).ok)) return 'HEADER_MISSING';
  switch (headerProblem(header, guess)) {
    case 'empty-file':
      return 'FILE_EMPTY';
    case 'too-many-columns':
      return 'HEADER_TOO_WIDE';
    case 'no-address-column':
      return 'HEADER_WITHOUT_ADDRESS';
    default:
      return null;
  }
}

/** Header and first rows; null when not even a header can be read. */
function firstRecords(text: string, delimiter: string, isWhole: boolean): string[][] | null {
  const records: string[][] = [];
  try {
    parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      to: ROWS_SHOWN + 2,
      on_record: (record: string[]) => {
        if (!isBlankRow(record)) records.push(record);
        return null;
      },
    });
    // The last record may have been cut where the preview ends.
    if (!isWhole && records.length > 1 && records.length < ROWS_SHOWN + 2) records.pop();
  } catch {
    // An open quote at the end of the preview: what came before it is good.
  }
  return records.length === 0 ? null : records.slice(0, ROWS_SHOWN + 1);
}

function isSpace(byte: number): boolean {
  return (
    byte === 32 || (byte >= 9 && byte <= 13) || byte === 0xef || byte === 0xbb || byte === 0xbf
  );
}
