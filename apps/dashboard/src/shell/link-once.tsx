'use client';
/** A link that is shown once: it is kept nowhere, so it must be copied now. */
import { Alert, Button } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { useState } from 'react';

export function LinkOnce({ title, url }: { title: string; url: string }) {
  const t = useTranslations('shell');
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(url);
    setCopied(true);
  };
  return (
    <Alert tone="good" title={title}>
      <p>{t('linkOnce')}</p>
      <p className="mt-2 flex flex-wrap items-center gap-2">
        <input
          readOnly
          value={url}
          aria-label={t('link')}
          onFocus={(event) => event.target.select()}
          className="min-w-0 flex-1 rounded-lg border border-line-strong bg-surface px-3 py-2 font-mono text-xs text-ink"
        />
        <Button size="sm" onClick={copy}>
          {t(isCopied ? 'copied' : 'copy')}
        </Button>
      </p>
    </Alert>
  );
}
