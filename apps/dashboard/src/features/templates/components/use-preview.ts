'use client';
/** Renders on the server half a second after the last key; an answer that a newer question overtook is dropped. */
import type { DeliveryMode } from '@hikyaku/campaigns';
import { useEffect, useRef, useState } from 'react';
import { type PreviewAnswer, previewTemplate } from '../actions/preview-template.ts';
import type { Draft } from './template-editor.tsx';

const NOTHING: PreviewAnswer = { errors: [], preview: null, person: null, recipientFields: [] };

/** Keeps the last good preview while the content has mistakes. */
export function usePreview(content: Draft, chosen: PreviewChoice) {
  const { listId, recipientId, mode } = chosen;
  const [answer, setAnswer] = useState(NOTHING);
  const [isLoading, setLoading] = useState(true);
  const [failure, setFailure] = useState<string | null>(null);
  const asked = useRef(0);
  const { subject, html, text } = content;
  useEffect(() => {
    const mine = ++asked.current;
    setLoading(true);
    const timer = setTimeout(
      async () => {
        const outcome = await previewTemplate({
          subject,
          html,
          text,
          listId,
          recipientId,
          mode,
        }).catch(() => null);
        if (asked.current !== mine) return;
        setLoading(false);
        setFailure(outcome?.ok ? null : (outcome?.code ?? 'SERVER_UNREACHABLE'));
        if (!outcome?.ok) return;
        const { data } = outcome;
        setAnswer((last) => ({ ...data, preview: data.preview ?? last.preview }));
      },
      mine === 1 ? 0 : 500,
    );
    return () => clearTimeout(timer);
  }, [subject, html, text, listId, recipientId, mode]);
  const isUntouched = subject === '' && html === '' && text === '';
  return { ...answer, errors: isUntouched ? [] : answer.errors, isLoading, failure };
}

export interface PreviewChoice {
  listId: string | null;
  recipientId: string | null;
  mode: DeliveryMode;
}
export type PreviewState = ReturnType<typeof usePreview>;
