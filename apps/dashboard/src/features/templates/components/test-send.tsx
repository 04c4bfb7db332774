'use client';
/** Sends the saved content once to oneself and follows it until the receiving server has answered. */
import type { DeliveryMode } from '@hikyaku/campaigns';
import { Alert, Button, Card, TextField } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { useEffect, useState, useTransition } from 'react';
import { useErrorText } from '#shell/error-text.ts';
import { sendTest } from '../actions/send-test.ts';
import type { EditorOptions } from '../queries/editor-options.ts';
import type { TestResult } from '../queries/test-result.ts';

export function TestSend(props: TestSendProps) {
  const { templateId, isDirty, options, ownEmail, listId, recipientId, mode, isRefused } = props;
  const t = useTranslations('templates.test');
  const errorText = useErrorText();
  const [fromEmail, setFromEmail] = useState(options.fromEmail);
  const [isPending, start] = useTransition();
  const [failure, setFailure] = useState<string | null>(null);
  const [testId, setTestId] = useState<string | null>(null);

  const send = () =>
    start(async () => {
      setFailure(null);
      setTestId(null);
      const what = { templateId, fromEmail, listId, recipientId, mode };
      const outcome = await sendTest(what).catch(() => null);
      if (outcome?.ok) setTestId(outcome.data.id);
      else setFailure(errorText(outcome?.code ?? 'SERVER_UNREACHABLE', outcome?.params));
    });

  return (
    <Card title={t('title')} description={t('lead', { email: ownEmail })}>
      {options.domains.length === 0 ? (
        <Alert tone="warn" isStill>
          {t('noDomain')}
        </Alert>
      ) : (
        <div className="flex flex-col gap-3">
          <TextField
            field={{
              label: t('from'),
              hint: t('fromHint', { domains: options.domains.join(', ') }),
              error: failure,
            }}
            type="email"
            value={fromEmail}
            onChange={(event) => setFromEmail(event.target.value)}
          />
          <div className="flex flex-wrap items-center gap-3">
            <Button
              icon="mail"
              isPending={isPending}
              disabled={isDirty || isRefused}
              onClick={send}
            >
              {t(mode === 'bulk' ? 'sendBulk' : 'send')}
            </Button>
            {isDirty && <p className="text-sm text-ink-muted">{t('saveFirst')}</p>}
          </div>
          {testId && <TestOutcome key={testId} testId={testId} />}
        </div>
      )}
    </Card>
  );
}

function TestOutcome({ testId }: { testId: string }) {
  const t = useTranslations('templates.test');
  const [result, setResult] = useState<TestResult | null>(null);
  const isOpen = result === null || (OPEN.has(result.state) && !result.isSuppressed);
  useEffect(() => {
    if (!isOpen) return;
    const read = async () => {
      const response = await fetch(`/api/templates/tests/${testId}`).catch(() => null);
      if (response?.ok) setResult(await response.json());
    };
    void read();
    const timer = setInterval(read, 1500);
    return () => clearInterval(timer);
  }, [testId, isOpen]);
  if (!result) return <Alert tone="accent">{t('queued')}</Alert>;
  if (result.isSuppressed) return <Alert tone="warn">{t('suppressed')}</Alert>;
  return (
    <Alert tone={TONES[result.state] ?? 'accent'} title={t(`state.${result.state}`)}>
      {result.isDeferred && <p>{t('deferred')}</p>}
      {result.reply && (
        <p>
          {t('reply')}: <code className="font-mono [overflow-wrap:anywhere]">{result.reply}</code>
        </p>
      )}
    </Alert>
  );
}

const OPEN = new Set<TestResult['state']>(['waiting', 'sending']);
const TONES = { accepted: 'good', bounced: 'bad', expired: 'bad', unknown: 'odd' } as Record<
  string,
  'good' | 'bad' | 'odd' | undefined
>;

export interface TestSendProps {
  templateId: string;
  isDirty: boolean;
  options: EditorOptions;
  ownEmail: string;
  listId: string | null;
  recipientId: string | null;
  mode: DeliveryMode;
  /** In bulk, and it uses fields of the recipient. */
  isRefused: boolean;
}
