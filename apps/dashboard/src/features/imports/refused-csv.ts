/** The refused lines of an import as a CSV for a spreadsheet: line number, reason in words, what stood there. */
import { Readable } from 'node:stream';
import { BOM, csvLine } from '@hikyaku/audience';
import { type RefusalRow, refusalsCsvRows } from '@hikyaku/db';
import { getTranslations } from 'next-intl/server';
import type { TenantContext } from '#server/context.ts';
import { notFoundRefusal } from '#server/refusal.ts';
import { readImport } from './queries/read-import.ts';

/** Streams; 404 for an import that is not this tenant's. */
export async function refusedCsv(context: TenantContext, importId: string): Promise<Response> {
  const found = await readImport(context, importId);
  if (!found) throw notFoundRefusal();
  const t = await getTranslations('imports');
  const reasonOf = ({ code }: RefusalRow) =>
    t.has(`refusal.${code}` as never) ? t(`refusal.${code}` as never) : code;
  async function* lines() {
    yield BOM + csvLine([t('csvLine'), t('csvReason'), t('csvCode'), t('csvValue')]);
    for await (const row of refusalsCsvRows(context.run, importId)) {
      yield csvLine([row.line, reasonOf(row), row.code, row.value]);
    }
  }
  const name = `${found.filename.replace(/\.[^.]*$/, '')}-refused.csv`;
  const body = Readable.toWeb(Readable.from(lines()).map((line: string) => Buffer.from(line)));
  return new Response(body as ReadableStream<Uint8Array>, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="refused.csv"; filename*=UTF-8''${encodeName(name)}`,
      'cache-control': 'no-store',
    },
  });
}

/** RFC 8187: what encodeURIComponent leaves bare but a header may not hold. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
}
