/** The tenant's page: advice first, then what was cleaned, what is in quarantine, what staff did, and how addresses answered. */
import { Alert, Badge, Card, Stat, StatGrid, Table, TextLink } from '@hikyaku/ui';
import { useFormatter, useTranslations } from 'next-intl';
import { Time } from '#format/time.tsx';
import type { OwnHygiene } from '../queries/own-hygiene.ts';
import { HygieneTables } from './hygiene-tables.tsx';

export function OwnHygieneView({ own, zone }: { own: OwnHygiene; zone: string }) {
  const t = useTranslations('hygiene');
  const format = useFormatter();
  return (
    <div className="flex flex-col gap-5">
      {own.advice.map((code) => (
        <Alert
          key={code}
          tone={code === 'fine' ? 'good' : 'warn'}
          title={t(`advice.${code}.title`)}
          isStill
        >
          {t(`advice.${code}.text`)}
        </Alert>
      ))}
      <StatGrid>
        <Stat
          label={t('cleaned')}
          value={format.number(own.cleaned.reduce((n, row) => n + row.cleaned, 0))}
          note={t('lastDays')}
          href="/suppressions?reason=bounced"
        />
        <Stat label={t('held')} value={format.number(own.counts.held ?? 0)} tone="warn" />
        <Stat
          label={t('reached')}
          value={format.number(own.counts.accepted ?? 0)}
          note={t('reachedNote')}
          tone="good"
        />
        <Stat label={t('blockBounced')} value={format.number(own.counts.bounced ?? 0)} tone="bad" />
      </StatGrid>
      <CleanedCard own={own} />
      <QuarantineCard own={own} zone={zone} />
      <ActsCard own={own} zone={zone} />
      <HygieneTables hygiene={own.hygiene} />
    </div>
  );
}

function CleanedCard({ own }: { own: OwnHygiene }) {
  const t = useTranslations('hygiene');
  const c = useTranslations('reports.category');
  const format = useFormatter();
  return (
    <Card title={t('cleaned')} description={t('cleanedText')} isFlush>
      <Table
        caption={t('cleaned')}
        rows={own.cleaned}
        rowKey={(row) => row.reason}
        empty={<p className="px-5 pb-4 text-sm text-ink-muted">{t('nothing')}</p>}
        columns={[
          {
            key: 'reason',
            header: t('why'),
            isLead: true,
            cell: ({ reason }) => (c.has(reason as never) ? c(reason as never) : reason),
          },
          {
            key: 'cleaned',
            header: t('people'),
            isNumber: true,
            cell: (row) => format.number(row.cleaned),
          },
          {
            key: 'released',
            header: t('releasedAgain'),
            isNumber: true,
            cell: (row) => format.number(row.released),
          },
          {
            key: 'examples',
            header: t('newest'),
            className: '[overflow-wrap:anywhere]',
            cell: (row) => (row.emails ?? []).join(', '),
          },
        ]}
      />
    </Card>
  );
}

function QuarantineCard({ own, zone }: { own: OwnHygiene; zone: string }) {
  const t = useTranslations('hygiene');
  return (
    <Card title={t('quarantine')} description={t('quarantineText')} isFlush>
      <Table
        caption={t('quarantine')}
        rows={own.quarantine}
        rowKey={(row) => row.deliveryId}
        empty={<p className="px-5 pb-4 text-sm text-ink-muted">{t('noQuarantine')}</p>}
        columns={[
          {
            key: 'email',
            header: t('address'),
            isLead: true,
            className: '[overflow-wrap:anywhere]',
            cell: (row) => (
              <TextLink href={`/campaigns/${row.campaignId}/people/${row.deliveryId}`}>
                {row.email}
              </TextLink>
            ),
          },
          { key: 'campaign', header: t('campaign'), cell: (row) => row.campaignName },
          {
            key: 'reply',
            header: t('reply'),
            className: '[overflow-wrap:anywhere]',
            cell: (row) => <span className="line-clamp-2">{row.text}</span>,
          },
          {
            key: 'state',
            header: t('state'),
            cell: (row) => (
              <Badge
                tone={row.state === 'held' ? 'warn' : row.state === 'bounced' ? 'bad' : 'good'}
              >
                {t(`quarantineStates.${row.state}`)}
              </Badge>
            ),
          },
          { key: 'at', header: t('since'), cell: (row) => <Time at={row.atMs} zone={zone} /> },
        ]}
      />
    </Card>
  );
}

function ActsCard({ own, zone }: { own: OwnHygiene; zone: string }) {
  const t = useTranslations('hygiene');
  const s = useTranslations('staff');
  const text = (action: string) => {
    const key = `actions.${action.replaceAll(/[.-]/g, '_')}` as never;
    return s.has(key) ? s(key) : action;
  };
  return (
    <Card title={t('whatHappened')} description={t('whatHappenedText')} isFlush>
      <Table
        caption={t('whatHappened')}
        rows={own.timeline.map((row, index) => ({ ...row, index }))}
        rowKey={(row) => row.index}
        empty={<p className="px-5 pb-4 text-sm text-ink-muted">{t('nothing')}</p>}
        columns={[
          { key: 'at', header: t('since'), cell: (row) => <Time at={row.atMs} zone={zone} /> },
          {
            key: 'action',
            header: t('what'),
            isLead: true,
            cell: (row) => (
              <>
                {text(row.action)} {row.target.startsWith('destination:') && row.target.slice(12)}
              </>
            ),
          },
          {
            key: 'by',
            header: t('by'),
            cell: (row) => (row.isStaff ? s('staffBadge') : s('system')),
          },
          { key: 'reason', header: t('why'), cell: (row) => row.reason },
        ]}
      />
    </Card>
  );
}
