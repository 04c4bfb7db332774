/** The records of an uploaded CSV, streamed from its pieces: decoded, parsed, each with the line on which it begins. */
import { type Info, parse } from 'csv-parse';

export interface CsvRecord {
  cells: string[];
  /** From 1. */
  line: number;
  /** Octets of the file read so far; a little ahead of the record. */
  bytesRead: number;
}

/** Why a file cannot be read to its end; `code` is what the import is marked with. */
export class CsvError extends Error {
  readonly code: 'csv-unclosed-quote' | 'csv-record-too-long' | 'csv-broken';

  constructor(code: CsvError['code'], message: string) {
    super(message);
    this.name = 'CsvError';
    this.code = code;
  }
}

const RECORD_MAX = 1_000_000;

/** Throws CsvError. `encoding` is a WHATWG label: utf-8 (with or without BOM) or shift_jis, which is Windows-31J there. */
export async function* readCsv(
  pieces: AsyncIterable<Buffer>,
  { encoding, delimiter }: { encoding: string; delimiter: string },
): AsyncGenerator<CsvRecord> {
  let bytesRead = 0;
  const parser = parse({
    delimiter,
    info: true,
    relaxColumnCount: true,
    relaxQuotes: true,
    skipEmptyLines: false,
    maxRecordSize: RECORD_MAX,
  });
  const decoder = new TextDecoder(encoding);
  const feed = async () => {
    for await (const piece of pieces) {
      bytesRead += piece.length;
      if (!parser.write(decoder.decode(piece, { stream: true }))) {
        await new Promise<void>((resolve) => parser.once('drain', resolve));
      }
    }
    parser.end(decoder.decode());
  };
  feed().catch((error) => parser.destroy(error));
  let line = 1;
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: Info;
    }>) {
      yield { cells: record, line, bytesRead };
      line = info.lines + 1;
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
