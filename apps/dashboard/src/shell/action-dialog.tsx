'use client';
/** A button that asks before it acts: opens a dialog with a form for one action. */
import { Button, type ButtonProps, Dialog } from '@hikyaku/ui';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import type { Outcome } from '#server/refusal.ts';
import { ActionForm, SubmitButton, useHydrated } from './form.tsx';

/** `children` are the words and fields of the dialog. Closes after success; `onDone` replaces the refresh. */
export function ActionDialog<T>(props: ActionDialogProps<T>) {
  const [isOpen, setOpen] = useState(false);
  const t = useTranslations('shell');
  const router = useRouter();
  const isReady = useHydrated();
  const close = () => setOpen(false);
  return (
    <>
      <Button
        {...props.button}
        disabled={!isReady || props.button?.disabled}
        onClick={() => setOpen(true)}
      >
        {props.label}
      </Button>
      <Dialog isOpen={isOpen} onClose={close} title={props.title}>
        <ActionForm
          action={props.action}
          values={props.values}
          onDone={(data) => {
            close();
            if (props.onDone) props.onDone(data);
            else router.refresh();
          }}
        >
          {props.children}
          <div className="mt-1 flex flex-wrap justify-end gap-2">
            <Button onClick={close}>{t('cancel')}</Button>
            <SubmitButton variant={props.isDangerous ? 'danger' : 'primary'}>
              {props.submitLabel}
            </SubmitButton>
          </div>
        </ActionForm>
      </Dialog>
    </>
  );
}

export interface ActionDialogProps<T> {
  label: ReactNode;
  button?: Omit<ButtonProps, 'onClick' | 'children'>;
  title: ReactNode;
  action: (given: unknown) => Promise<Outcome<T>>;
  values?: Record<string, unknown>;
  onDone?: (data: T) => void;
  submitLabel: ReactNode;
  isDangerous?: boolean;
  children: ReactNode;
}
