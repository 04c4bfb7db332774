import { Badge, Card, EmptyState, Pagination, Table, TextLink } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { Time } from '#format/time.tsx';
import type { AuditFilter, AuditPage } from '../queries/list-audit.ts';

const ZONE = 'Asia/Tokyo';
const PATH = '/staff/audit';

/** The audit log as it is: nobody can change or delete a row. */
export function AuditTable({ page, filter }: { page: AuditPage; filter: AuditFilter }) {
  const t = useTranslations('staff');
  const s = useTranslations('shell');
  const query = (before?: string) => {
    const search = new URLSearchParams();
    if (filter.tenantId) search.set('tenant', filter.tenantId);
    if (before) search.set('before', before);
    return search.size > 0 ? `${PATH}?${search}` : PATH;
  };
  return (
    <Card isFlush>
      <Table
        caption={t('audit')}
        rows={page.entries}
        rowKey={(entry) => entry.id}
        empty={<EmptyState title={t('noAudit')} icon="clock" />}
        columns={[
          {
            key: 'at',
            header: t('at'),
            cell: (entry) => <Time at={entry.at} zone={ZONE} style="seconds" />,
          },
          {
            key: 'actor',
            header: t('actor'),
            cell: (entry) => (
              <span className="[overflow-wrap:anywhere]">
                {entry.actor ?? t('system')}{' '}
                {entry.isStaff && (
                  <Badge tone="accent" icon={null}>
                    {t('staffBadge')}
                  </Badge>
                )}
              </span>
            ),
          },
          {
            key: 'action',
            header: t('action'),
            isLead: true,
            cell: (entry) => (
              <>
                <span className="block">{actionText(t, entry.action)}</span>
                <code className="text-xs text-ink-muted">{entry.action}</code>
              </>
            ),
          },
          {
            key: 'tenant',
            header: t('tenant'),
            cell: (entry) =>
              entry.tenantId ? (
                <TextLink isQuiet href={`/staff/tenants/${entry.tenantId}`}>
                  {entry.tenantName}
                </TextLink>
              ) : (
                '—'
              ),
          },
          {
            key: 'why',
            header: t('reasonAndDetail'),
            cell: (entry) => (
              <div className="max-w-96 [overflow-wrap:anywhere]">
                {entry.reason && <p>{entry.reason}</p>}
                <p className="font-mono text-xs text-ink-muted">
                  {entry.target} {entry.detail !== '{}' && entry.detail}
                </p>
              </div>
            ),
          },
        ]}
      />
      <Pagination
        label={s('paging')}
        first={filter.before ? { href: query(), label: s('first') } : undefined}
        next={page.next ? { href: query(page.next), label: s('next') } : undefined}
      />
    </Card>
  );
}

/** Action names hold dots, which a catalogue reads as levels: `tenant.create` is `actions.tenant_create`. */
function actionText(t: ReturnType<typeof useTranslations<'staff'>>, action: string): string {
  const key = `actions.${action.replaceAll(/[.-]/g, '_')}` as never;
  return t.has(key) ? t(key) : action;
}
