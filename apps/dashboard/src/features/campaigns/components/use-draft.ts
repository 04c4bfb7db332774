'use client';
/** The draft on the screen, saved three quarters of a second after the last change, with what the checklist says of it. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { saveDraft } from '../actions/save-draft.ts';
import type { DraftForm } from '../draft-form.ts';
import type { CampaignCheck } from '../queries/check-campaign.ts';

export function useDraft(id: string, initial: DraftForm, firstCheck: CampaignCheck) {
  const [form, setForm] = useState(initial);
  const [check, setCheck] = useState(firstCheck);
  const [status, setStatus] = useState<SaveStatus>({ kind: 'idle' });
  const version = useRef(0);
  const set = useCallback((change: Partial<DraftForm>) => {
    version.current++;
    setForm((now) => ({ ...now, ...change }));
  }, []);

  useEffect(() => {
    if (version.current === 0) return;
    const mine = version.current;
    setStatus({ kind: 'saving' });
    const timer = setTimeout(async () => {
      const outcome = await saveDraft({ id, form }).catch(() => null);
      if (version.current !== mine) return;
      if (!outcome?.ok)
        return setStatus({ kind: 'failed', code: outcome?.code ?? 'SERVER_UNREACHABLE' });
      setCheck(outcome.data.check);
      setStatus({ kind: 'saved', atMs: outcome.data.savedAtMs });
    }, 750);
    return () => clearTimeout(timer);
  }, [id, form]);

  return { form, set, check, status };
}

export type SaveStatus =
  | { kind: 'idle' }
  | { kind: 'saving' }
  | { kind: 'saved'; atMs: number }
  | { kind: 'failed'; code: string };
export type SetDraft = (change: Partial<DraftForm>) => void;
