'use client';
/** The native modal dialog: focus is kept inside, Escape closes, focus returns to where it was. */
import clsx from 'clsx';
import { type ReactNode, useEffect, useId, useRef } from 'react';

/** Shown while `isOpen`. `onClose` is called for Escape, a click on the backdrop, or a form with method="dialog". */
export function Dialog({ isOpen, onClose, title, actions, isWide, children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (isOpen && !dialog.open) dialog.showModal();
    if (!isOpen && dialog.open) dialog.close();
  }, [isOpen]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape does the same, natively
    <dialog
      ref={ref}
      aria-labelledby={id}
      onClose={onClose}
      onClick={(event) => event.target === ref.current && onClose()}
      className={clsx(
        'm-auto w-[calc(100%-2rem)] rounded-card border border-line bg-surface p-0 text-ink shadow-raised backdrop:bg-black/40',
        isWide ? 'max-w-2xl' : 'max-w-md',
      )}
    >
      {isOpen && (
        <div className="px-6 py-5">
          <h2 id={id} className="text-base font-semibold">
            {title}
          </h2>
          <div className="mt-2 text-sm text-ink-muted">{children}</div>
          {actions && <div className="mt-5 flex flex-wrap justify-end gap-2">{actions}</div>}
        </div>
      )}
    </dialog>
  );
}

export type DialogProps = {
  isOpen: boolean;
  onClose: () => void;
  title: ReactNode;
  actions?: ReactNode;
  isWide?: boolean;
  children: ReactNode;
};
