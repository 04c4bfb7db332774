/** A CSV file as it is read from the database, piece by piece: any size, in little memory. */
import { eventsCsvRows, type TenantRunner } from '@hikyaku/db';
import { getTranslations } from 'next-intl/server';
import { csvTime } from '#format/csv-time.ts';
import { type CsvWords, csvText, lastAttempts } from './csv-rows.ts';

export interface CsvInput {
  run: TenantRunner;
  campaignId: string;
  name: string;
  zone: string;
  /** One row per attempt; otherwise one per recipient. */
  isAttempts: boolean;
}

export async function csvResponse(input: CsvInput): Promise<Response> {
  const { run, campaignId, name, zone, isAttempts } = input;
  const words = await csvWords(zone);
  const rows = eventsCsvRows(run, campaignId);
  const text = csvText(isAttempts ? rows : lastAttempts(rows), words);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await text.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await text.return(undefined);
    },
  });
  const file = `${name || 'campaign'}-${isAttempts ? 'attempts' : 'deliveries'}.csv`;
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      // RFC 6266: a plain name for all, the real one in UTF-8.
      'content-disposition': `attachment; filename="report.csv"; filename*=UTF-8''${encodeURIComponent(file).replace(/['()*]/g, '_')}`,
      'cache-control': 'no-store',
    },
  });
}

async function csvWords(zone: string): Promise<CsvWords> {
  const t = await getTranslations('reports');
  return {
    heading: (column) => t(`csvColumn.${column}`, { zone }),
    state: (state) => t(`stateShort.${state as 'accepted'}`),
    disposition: (disposition) => t(`disposition.${disposition as 'accepted'}`),
    mode: (mode) => t(`timeline.${mode}`),
    category: (category) => {
      const key = `category.${category}`;
      return t.has(key as never) ? t(key as never) : category;
    },
    time: csvTime(zone),
  };
}
