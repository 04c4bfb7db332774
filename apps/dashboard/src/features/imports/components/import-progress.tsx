'use client';
/** An import under way or over. Asks once a second; what it shows is in the database, so a reload shows the same. */
import {
  Alert,
  Badge,
  buttonClass,
  Card,
  LinkButton,
  ProgressBar,
  Stat,
  StatGrid,
  type Tone,
} from '@hikyaku/ui';
import { useFormatter, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { ActionDialog } from '#shell/action-dialog.tsx';
import { useErrorText } from '#shell/error-text.ts';
import { cancelImport } from '../actions/cancel-import.ts';

export function ImportProgress({ first, back, canChange }: ImportProgressProps) {
  const t = useTranslations('imports');
  const format = useFormatter();
  const errorText = useErrorText();
  const { view, isStale } = usePolled(first);
  const live = LIVE.find((state) => state === view.state);
  const share = view.sizeBytes > 0 ? Math.min(1, view.doneBytes / view.sizeBytes) : 0;

  return (
    <div className="flex flex-col gap-5">
      <Card
        title={view.filename}
        actions={<Badge tone={TONES[view.state]}>{t(`states.${view.state}`)}</Badge>}
      >
        {live && (
          <>
            <ProgressBar
              label={t('progress')}
              total={1}
              format={(value) => format.number(value, { style: 'percent' })}
              parts={[{ key: 'done', label: t('done'), value: share, tone: 'accent' }]}
            />
            <p
              className="mt-2 flex flex-wrap justify-between gap-2 text-sm text-ink-muted"
              role="status"
            >
              <span>{t(`stateText.${live}`)}</span>
              <span className="tabular-nums">
                {t('recordsDone', { records: view.doneRecords })} ·{' '}
                {format.number(share, { style: 'percent', maximumFractionDigits: 0 })}
              </span>
            </p>
            <p className="mt-1 text-[0.8125rem] text-ink-muted">{t('mayLeave')}</p>
            {isStale && <p className="mt-2 text-sm text-warn-ink">{t('stale')}</p>}
          </>
        )}
        {view.state === 'finished' && (
          <Alert tone="good" title={t('finishedTitle')}>
            {t('finishedText', { records: view.doneRecords })}
          </Alert>
        )}
        {view.state === 'failed' && (
          <Alert tone="bad" title={t('failedTitle')}>
            {errorText(view.error ?? 'UNEXPECTED')}
          </Alert>
        )}
        {view.state === 'cancelled' && <Alert tone="warn">{t('cancelledText')}</Alert>}
      </Card>
      <StatGrid>
        <Stat label={t('counts.new')} value={format.number(view.newCount)} tone="good" />
        <Stat
          label={t(view.kind === 'suppressions' ? 'counts.already' : 'counts.updated')}
          value={format.number(view.updatedCount)}
          tone="accent"
        />
        <Stat
          label={t('counts.duplicate')}
          value={format.number(view.duplicateCount)}
          note={t('counts.duplicateNote')}
        />
        <Stat
          label={t('counts.refused')}
          value={format.number(view.refusedCount)}
          tone={view.refusedCount > 0 ? 'bad' : 'neutral'}
        />
      </StatGrid>
      <div className="flex flex-wrap gap-2">
        {!live && (
          <LinkButton href={back} variant="primary">
            {t(view.kind === 'suppressions' ? 'toSuppressions' : 'toList')}
          </LinkButton>
        )}
        {view.refusedCount > 0 && (
          <a href={`/api/imports/${view.id}/refused`} className={buttonClass()} download>
            {t('refusedCsv')}
          </a>
        )}
        {live && canChange && (
          <ActionDialog
            label={t('stop')}
            title={t('stopTitle')}
            action={cancelImport}
            values={{ importId: view.id }}
            submitLabel={t('stop')}
            isDangerous
          >
            <p>{t('stopText')}</p>
          </ActionDialog>
        )}
      </div>
    </div>
  );
}

function usePolled(first: ImportView): { view: ImportView; isStale: boolean } {
  const [view, setView] = useState(first);
  const [failures, setFailures] = useState(0);
  const { id, state } = view;
  useEffect(() => {
    if (OVER.includes(state)) return;
    let isGone = false;
    const timer = setInterval(async () => {
      const answer = await fetch(`/api/imports/${id}`).catch(() => null);
      if (isGone) return;
      if (!answer?.ok) return setFailures((count) => count + 1);
      setFailures(0);
      setView((await answer.json()) as ImportView);
    }, POLL_MS);
    return () => {
      isGone = true;
      clearInterval(timer);
    };
  }, [id, state]);
  return { view, isStale: failures > 3 };
}

const POLL_MS = 1_000;
const LIVE = ['uploading', 'queued', 'running'] as const;
const OVER: readonly string[] = ['finished', 'failed', 'cancelled'];
const TONES: Record<ImportView['state'], Tone> = {
  uploading: 'accent',
  mapping: 'warn',
  queued: 'accent',
  running: 'accent',
  finished: 'good',
  failed: 'bad',
  cancelled: 'neutral',
};

/** What the progress route answers with. */
export interface ImportView {
  id: string;
  kind: 'recipients' | 'suppressions';
  state: 'uploading' | 'mapping' | 'queued' | 'running' | 'finished' | 'failed' | 'cancelled';
  filename: string;
  sizeBytes: number;
  doneBytes: number;
  doneRecords: number;
  newCount: number;
  updatedCount: number;
  duplicateCount: number;
  refusedCount: number;
  error: string | null;
}

export interface ImportProgressProps {
  first: ImportView;
  /** Where the rows went. */
  back: string;
  canChange: boolean;
}
