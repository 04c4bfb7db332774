/** All templates as a table. */
import { EmptyState, LinkButton, Table, TextLink } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { Time } from '#format/time.tsx';
import type { TemplateRow } from '../queries/list-templates.ts';

export function TemplateList({ rows, zone, mayEdit }: TemplateListProps) {
  const t = useTranslations('templates');
  const empty = (
    <EmptyState
      icon="pencil"
      title={t('list.emptyTitle')}
      action={
        mayEdit && (
          <LinkButton variant="primary" icon="plus" href="/templates/new">
            {t('new')}
          </LinkButton>
        )
      }
    >
      {t('list.emptyBody')}
    </EmptyState>
  );
  return (
    <Table
      caption={t('list.caption')}
      rows={rows}
      rowKey={(row) => row.id}
      empty={empty}
      columns={[
        {
          key: 'name',
          header: t('list.name'),
          isLead: true,
          cell: (row) => (
            <TextLink isQuiet href={`/templates/${row.id}`} className="font-medium">
              {row.name}
            </TextLink>
          ),
        },
        {
          key: 'subject',
          header: t('list.subject'),
          cell: (row) => (
            <span className="text-ink-muted">{row.subject || t('list.untitled')}</span>
          ),
        },
        {
          key: 'updated',
          header: t('list.updated'),
          isNumber: true,
          cell: (row) => <Time at={row.updatedAtMs} zone={zone} />,
        },
      ]}
    />
  );
}

export interface TemplateListProps {
  rows: readonly TemplateRow[];
  zone: string;
  mayEdit: boolean;
}
