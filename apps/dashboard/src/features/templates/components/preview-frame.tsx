'use client';
/** The tenant's HTML in a frame that can do nothing: no scripts, no origin, no network. */
import clsx from 'clsx';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { PreviewShown } from '../actions/preview-template.ts';
import { previewDocument } from '../preview-document.ts';
import type { View } from './preview-panel.tsx';

export function PreviewFrame({ preview, view }: { preview: PreviewShown | null; view: View }) {
  const t = useTranslations('templates.preview');
  const [nonce, setNonce] = useState<string>();
  // The nonce of the document that is open, not of the last request: navigation keeps the document.
  useEffect(() => setNonce(document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce), []);
  if (!preview) return <div className="h-96 rounded-lg border border-line bg-white" />;
  if (view === 'textPart' || preview.html === null)
    return (
      <pre className="max-h-[36rem] min-h-60 overflow-auto rounded-lg border border-line bg-surface p-4 font-mono text-[0.8125rem] leading-relaxed whitespace-pre-wrap">
        {preview.text}
      </pre>
    );
  return (
    <iframe
      title={t('frame')}
      sandbox=""
      referrerPolicy="no-referrer"
      srcDoc={previewDocument(preview.html, nonce)}
      className={clsx(
        'h-[36rem] rounded-lg border border-line bg-white',
        view === 'phone' ? 'mx-auto block w-[23.4375rem] max-w-full' : 'w-full',
      )}
    />
  );
}
