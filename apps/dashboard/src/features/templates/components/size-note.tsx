'use client';
/** What one message weighs; above 100 KB also what that means for the list (promise P1). */
import { type DeliveryMode, SIZE_WARN_BYTES } from '@hikyaku/campaigns';
import { Alert } from '@hikyaku/ui';
import { useLocale, useTranslations } from 'next-intl';
import { formatBytes } from '#format/size.ts';
import type { EditorList } from '../queries/editor-options.ts';

export function SizeNote({ sizeBytes, list, mode }: SizeNoteProps) {
  const t = useTranslations('templates.size');
  const locale = useLocale();
  const size = formatBytes(sizeBytes, locale);
  // In bulk a large message is what the mode is for; the campaign's page shows what it costs.
  if (sizeBytes <= SIZE_WARN_BYTES || mode === 'bulk')
    return (
      <p className="text-[0.8125rem] text-ink-muted">
        {t('label')}: <span className="tabular-nums">{t('fine', { size })}</span>
      </p>
    );
  const people = list?.recipients || 10_000;
  const total = formatBytes(sizeBytes * people, locale);
  return (
    <Alert tone="warn" title={t('warnTitle', { size })}>
      {list?.recipients
        ? t('warnList', { list: list.name, people, total })
        : t('warnAny', { total })}
    </Alert>
  );
}

export interface SizeNoteProps {
  sizeBytes: number;
  list: EditorList | null;
  mode: DeliveryMode;
}
