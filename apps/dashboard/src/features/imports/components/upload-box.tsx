'use client';
/**
 * Choose or drop a CSV and see it being sent. Its first bytes are looked at here, so that a wrong file is
 * refused before a gigabyte has been sent; the server looks again.
 */
import { Alert, Button, buttonClass, ProgressBar } from '@hikyaku/ui';
import clsx from 'clsx';
import { useRouter } from 'next/navigation';
import { useFormatter, useTranslations } from 'next-intl';
import { useId, useRef, useState } from 'react';
import { useErrorText } from '#shell/error-text.ts';
import { useHydrated } from '#shell/form.tsx';
import { PREVIEW_BYTES, previewFile } from '../preview.ts';
import { sendFile, type Upload } from '../send-file.ts';

/** `sendTo` takes the file; the page of the new import is `${pageBase}/${importId}`. */
export function UploadBox({ sendTo, pageBase }: { sendTo: string; pageBase: string }) {
  const t = useTranslations('imports');
  const format = useFormatter();
  const errorText = useErrorText();
  const router = useRouter();
  const isReady = useHydrated();
  const id = useId();
  const upload = useRef<Upload | null>(null);
  const [isOver, setOver] = useState(false);
  const [sending, setSending] = useState<{ name: string; sent: number; total: number } | null>(
    null,
  );
  const [error, setError] = useState<string | null>(null);

  const send = async (file: File | undefined) => {
    if (!file || sending) return;
    setError(null);
    setSending({ name: file.name, sent: 0, total: file.size });
    const prefix = new Uint8Array(await file.slice(0, PREVIEW_BYTES).arrayBuffer());
    const seen = previewFile(prefix, file.size <= PREVIEW_BYTES);
    if (!seen.ok) {
      setSending(null);
      return setError(errorText(seen.code));
    }
    upload.current = sendFile(sendTo, file, (sent) =>
      setSending({ name: file.name, sent, total: file.size }),
    );
    const answer = await upload.current.done;
    if (answer.ok) return router.push(`${pageBase}/${answer.importId}`);
    setSending(null);
    setError(answer.message || errorText(answer.code));
  };

  return (
    <div className="flex flex-col gap-3">
      {error && (
        <Alert tone="bad" title={t('uploadRefused')}>
          {error}
        </Alert>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a larger target for the mouse; the input does the same */}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void send(event.dataTransfer.files[0]);
        }}
        className={clsx(
          'rounded-card border-2 border-dashed px-5 py-8 text-center text-sm',
          isOver ? 'border-accent bg-accent-soft' : 'border-line-strong',
        )}
      >
        {sending ? (
          <div className="mx-auto max-w-md text-left">
            <p className="mb-2 truncate font-medium">{t('sending', { name: sending.name })}</p>
            <ProgressBar
              label={t('sendingBar')}
              total={sending.total}
              format={(value) =>
                format.number(value / Math.max(1, sending.total), { style: 'percent' })
              }
              parts={[{ key: 'sent', label: t('sent'), value: sending.sent, tone: 'accent' }]}
            />
            <div className="mt-3 flex items-center justify-between gap-3">
              <span className="text-ink-muted tabular-nums">
                {t('sentOf', {
                  sent: format.number(sending.sent / 1e6, { maximumFractionDigits: 1 }),
                  total: format.number(sending.total / 1e6, { maximumFractionDigits: 1 }),
                })}
              </span>
              <Button size="sm" onClick={() => upload.current?.cancel()}>
                {t('cancelUpload')}
              </Button>
            </div>
          </div>
        ) : (
          <>
            <input
              id={id}
              type="file"
              accept=".csv,.tsv,.txt,text/csv,text/plain"
              disabled={!isReady}
              className="peer sr-only"
              onChange={(event) => {
                void send(event.target.files?.[0]);
                event.target.value = '';
              }}
            />
            <label
              htmlFor={id}
              className={clsx(
                buttonClass({ variant: 'primary' }),
                'peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent',
              )}
            >
              {t('choose')}
            </label>
            <p className="mt-3 text-ink-muted">{t('dropHere')}</p>
            <p className="mt-1 text-[0.8125rem] text-ink-muted">{t('fileHint')}</p>
          </>
        )}
      </div>
    </div>
  );
}
