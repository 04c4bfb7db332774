'use client';
/** Outcomes that were lost, and sending again: one or all, only after reading that it can make a second copy. */
import { Alert, EmptyState, Table, TextLink } from '@hikyaku/ui';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Time } from '#format/time.tsx';
import { ActionDialog } from '#shell/action-dialog.tsx';
import { resendUnknown } from '../actions/resend-unknown.ts';

export function UnknownList({ campaignId, rows, total, zone, mayResend }: UnknownListProps) {
  const t = useTranslations('reports');
  const router = useRouter();
  const [resent, setResent] = useState(0);
  const onDone = (data: { resent: number }) => {
    setResent(data.resent);
    router.refresh();
  };
  return (
    <>
      {resent > 0 && (
        <div className="px-5 py-3">
          <Alert tone="good">{t('unknowns.done', { count: resent })}</Alert>
        </div>
      )}
      {mayResend && total > 1 && (
        <div className="flex justify-end px-5 pt-1 pb-3">
          <ActionDialog
            label={t('unknowns.sendAll', { count: total })}
            button={{ size: 'sm' }}
            title={t('unknowns.confirmTitleAll', { count: total })}
            action={resendUnknown}
            values={{ campaignId, deliveryIds: 'all' }}
            submitLabel={t('unknowns.confirm')}
            onDone={onDone}
          >
            <p className="text-sm">{t('unknowns.confirmBody')}</p>
          </ActionDialog>
        </div>
      )}
      <Table
        caption={t('unknowns.title')}
        rows={rows}
        rowKey={(row) => row.id}
        empty={
          <EmptyState icon="check" title={t('unknowns.empty')}>
            {t('unknowns.emptyBody')}
          </EmptyState>
        }
        columns={[
          {
            key: 'email',
            header: t('people.email'),
            isLead: true,
            className: '[overflow-wrap:anywhere]',
            cell: (row) => (
              <TextLink isQuiet href={`/campaigns/${campaignId}/people/${row.id}`}>
                {row.email}
              </TextLink>
            ),
          },
          { key: 'domain', header: t('people.destination'), cell: (row) => row.domain },
          {
            key: 'at',
            header: t('unknowns.lostAt'),
            isNumber: true,
            cell: (row) => <Time at={row.stateAtMs} zone={zone} style="seconds" />,
          },
          {
            key: 'again',
            header: '',
            isNumber: true,
            cell: (row) =>
              mayResend && (
                <ActionDialog
                  label={t('unknowns.sendOne')}
                  button={{ size: 'sm' }}
                  title={t('unknowns.confirmTitleOne', { email: row.email })}
                  action={resendUnknown}
                  values={{ campaignId, deliveryIds: [row.id] }}
                  submitLabel={t('unknowns.confirm')}
                  onDone={onDone}
                >
                  <p className="text-left text-sm">{t('unknowns.confirmBody')}</p>
                </ActionDialog>
              ),
          },
        ]}
      />
    </>
  );
}

export interface UnknownListProps {
  campaignId: string;
  rows: readonly { id: string; email: string; domain: string; stateAtMs: number }[];
  total: number;
  zone: string;
  mayResend: boolean;
}
