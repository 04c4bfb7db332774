/** The records of an uploaded CSV, streamed from its pieces: decoded, parsed, each with the line on which it begins. */
import { parse } from 'csv-parse';

export interface CsvRecord {
  cells: string[];
  /** From 1. */
  line: number;
  /** Octets of the file read so far; a little ahead of the record. */
  bytesRead: number;
}

/** Why a file cannot be read to its end; `code` is what the import is marked with. */
export class CsvError extends Error {
  readonly code: 'csv-unclosed-quote' | 'csv-record-too-long' | 'csv-wrong-encoding' | 'csv-broken';

  constructor(code: CsvError['code'], message: string) {
    super(message);
    this.name = 'CsvError';
    this.code = code;
  }
}

const RECORD_MAX = 1_000_000;
const LINE_END = /\r\n|\r|\n/g;

/** Throws CsvError. `encoding` is a WHATWG label: utf-8 (with or without BOM) or shift_jis, which is Windows-31J there. */
export async function* readCsv(
  pieces: AsyncIterable<Buffer>,
  { encoding, delimiter }: { encoding: string; delimiter: string },
): AsyncGenerator<CsvRecord> {
  let bytesRead = 0;
  const parser = parse({
    delimiter,
    // All of them: spreadsheets mix ends of lines, and only the first would be taken for all.
    recordDelimiter: ['\r\n', '\n', '\r'],
    relaxColumnCount: true,
    relaxQuotes: true,
    skipEmptyLines: false,
    maxRecordSize: RECORD_MAX,
  });
  // Fatal: a wrong guess at the encoding must not fill a list with replacement characters.
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decode = (piece?: Buffer): string => {
    try {
      return decoder.decode(piece, { stream: piece !== undefined });
    } catch {
      throw new CsvError(
        'csv-wrong-encoding',
        `The file holds bytes that are no ${encoding}, at octet ${bytesRead} or a little before.`,
      );
    }
  };
  const feed = async () => {
    for await (const piece of pieces) {
      // The reader has left: a cancelled import reads no further.
      if (parser.destroyed) return;
      bytesRead += piece.length;
      if (parser.write(decode(piece))) continue;
      await new Promise<void>((resolve) => {
        parser.once('drain', resolve);
        parser.once('close', resolve);
      });
    }
    parser.end(decode());
  };
  feed().catch((error) => parser.destroy(error));
  let line = 1;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      yield { cells, line, bytesRead };
      // Counted here: csv-parse counts a quoted CRLF twice.
      line += 1;
      for (const cell of cells) line += cell.match(LINE_END)?.length ?? 0;
    }
  } catch (error) {
    throw csvErrorOf(error, line);
  } finally {
    parser.destroy();
  }
}

function csvErrorOf(error: unknown, line: number): unknown {
  const code = (error as { code?: string }).code ?? '';
  if (!code.startsWith('CSV_')) return error;
  if (code === 'CSV_QUOTE_NOT_CLOSED')
    return new CsvError(
      'csv-unclosed-quote',
      `A quote that opens near line ${line} is never closed.`,
    );
  if (code === 'CSV_MAX_RECORD_SIZE')
    return new CsvError(
      'csv-record-too-long',
      `The record at line ${line} is longer than a million characters.`,
    );
  return new CsvError('csv-broken', `Line ${line}: ${(error as Error).message}`);
}
