'use client';
/**
 * A form that calls a server action: busy state, errors beside their fields, values kept when it is refused.
 * Its button waits for hydration, so that nothing is ever sent as a query string.
 */
import { Alert, Button, type ButtonProps } from '@hikyaku/ui';
import { useRouter } from 'next/navigation';
import {
  createContext,
  type ReactNode,
  use,
  useState,
  useSyncExternalStore,
  useTransition,
} from 'react';
import type { Outcome } from '#server/refusal.ts';
import { useErrorText } from './error-text.ts';

/**
 * Sends the fields (a name ending in `[]` gathers an array) together with `values`. `onDone` runs after success;
 * without it the page is read again. An error that no field shows stands above the fields.
 */
export function ActionForm<T>({ action, values, onDone, className, children }: ActionFormProps<T>) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isPending, start] = useTransition();
  const router = useRouter();
  const errorText = useErrorText();

  const submit = (data: FormData) =>
    start(async () => {
      const outcome = await action({ ...readFields(data), ...values }).catch(() => OFFLINE);
      setFailure(outcome.ok ? null : outcome);
      if (!outcome.ok) return;
      if (onDone) onDone(outcome.data);
      else router.refresh();
    });

  const fields = failure?.fields ?? {};
  const shown = Object.keys(fields).length > 0;
  return (
    <FormContext value={{ isPending, fields }}>
      <form
        method="post"
        noValidate
        className={className ?? 'flex flex-col gap-4'}
        onSubmit={(event) => {
          event.preventDefault();
          const { submitter } = event.nativeEvent as SubmitEvent;
          submit(new FormData(event.currentTarget, submitter));
        }}
      >
        {failure && !shown && <Alert tone="bad">{errorText(failure.code, failure.params)}</Alert>}
        {children}
      </form>
    </FormContext>
  );
}

/** The words for what is wrong with a field of the form around it, or undefined. */
export function useFieldError(name: string): string | undefined {
  const { fields } = use(FormContext);
  const errorText = useErrorText();
  const code = fields[name];
  return code ? errorText(code) : undefined;
}

/** Sends the form around it. */
export function SubmitButton(props: ButtonProps) {
  const { isPending } = use(FormContext);
  const isReady = useHydrated();
  return (
    <Button
      variant="primary"
      {...props}
      type="submit"
      isPending={isPending}
      disabled={!isReady || props.disabled}
    />
  );
}

/** False in the server's HTML, true once the page answers to clicks. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  );
}

const FormContext = createContext<{ isPending: boolean; fields: Record<string, string> }>({
  isPending: false,
  fields: {},
});

type Failure = Extract<Outcome<unknown>, { ok: false }>;

const OFFLINE: Failure = { ok: false, code: 'SERVER_UNREACHABLE', params: {}, fields: {} };

function readFields(data: FormData): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const name of new Set(data.keys())) {
    if (name.endsWith('[]')) fields[name.slice(0, -2)] = data.getAll(name);
    else fields[name] = data.get(name);
  }
  return fields;
}

export interface ActionFormProps<T> {
  action: (given: unknown) => Promise<Outcome<T>>;
  values?: Record<string, unknown>;
  onDone?: (data: T) => void;
  className?: string;
  children: ReactNode;
}
