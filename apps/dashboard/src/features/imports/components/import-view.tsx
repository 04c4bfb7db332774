/** An import at whatever point it is: choosing columns, running, or over. */
import type { ImportProgress as ImportState } from '@hikyaku/db';
import { Alert } from '@hikyaku/ui';
import { getTranslations } from 'next-intl/server';
import type { TenantContext } from '#server/context.ts';
import { chosenFormat, previewImport } from '../queries/preview-import.ts';
import { DiscardImport } from './discard-import.tsx';
import { FormatChoice } from './format-choice.tsx';
import { ImportProgress } from './import-progress.tsx';
import { MappingForm } from './mapping-form.tsx';
import { PreviewTable } from './preview-table.tsx';

/** `back` is where the rows go, and where a cancelled import leads. */
export async function ImportView({ context, found, back, encoding, delimiter }: ImportViewProps) {
  const t = await getTranslations('imports');
  if (found.state !== 'mapping') {
    return <ImportProgress first={toView(found)} back={back} canChange={!context.isReadOnly} />;
  }
  const result = await previewImport(context, found, chosenFormat(encoding, delimiter));
  if (!result.ok) {
    const e = await getTranslations('errors');
    return (
      <div className="flex flex-col gap-5">
        <Alert tone="bad" title={t('cannotRead')} isStill>
          {e(result.code as never)}
        </Alert>
        <FormatChoice encoding={encoding || 'utf-8'} delimiter={delimiter || 'comma'} />
        <div>
          <DiscardImport importId={found.id} back={back} />
        </div>
      </div>
    );
  }
  const { preview } = result;
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <FormatChoice encoding={preview.encoding} delimiter={DELIMITER_NAMES[preview.delimiter]} />
        {!context.isReadOnly && <DiscardImport importId={found.id} back={back} />}
      </div>
      <MappingForm
        importId={found.id}
        kind={found.kind}
        format={{ encoding: preview.encoding, delimiter: preview.delimiter }}
        header={preview.header}
        samples={preview.rows.slice(0, 3)}
        guess={preview.guess}
        back={back}
        canChange={!context.isReadOnly}
      />
      <PreviewTable header={preview.header} rows={preview.rows.slice(0, ROWS_SHOWN)} />
    </div>
  );
}

const ROWS_SHOWN = 10;
const DELIMITER_NAMES = { ',': 'comma', ';': 'semicolon', '\t': 'tab' } as const;

/** What the progress route sends too: dates as text. */
function toView(found: ImportState) {
  const { id, kind, state, sizeBytes, doneBytes, doneRecords, error, filename } = found;
  const { newCount, updatedCount, duplicateCount, refusedCount } = found;
  return {
    ...{ id, kind, state, sizeBytes, doneBytes, doneRecords, error, filename },
    ...{ newCount, updatedCount, duplicateCount, refusedCount },
  };
}

export interface ImportViewProps {
  context: TenantContext;
  found: ImportState;
  back: string;
  encoding: string;
  delimiter: string;
}
