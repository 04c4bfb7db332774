import { Badge, Card, EmptyState, Table, TextLink } from '@hikyaku/ui';
import { useFormatter, useTranslations } from 'next-intl';
import { Time } from '#format/time.tsx';
import type { ListRow } from '../queries/list-lists.ts';
import { CreateList } from './create-list.tsx';

/** All lists of a tenant; each number opens the people it counts. */
export function ListsTable({ lists, zone, canChange }: ListsTableProps) {
  const t = useTranslations('lists');
  const format = useFormatter();
  return (
    <Card isFlush>
      <Table
        caption={t('title')}
        rows={lists}
        rowKey={(list) => list.id}
        empty={
          <EmptyState title={t('emptyTitle')} icon="people" action={canChange && <CreateList />}>
            {t('emptyText')}
          </EmptyState>
        }
        columns={[
          {
            key: 'name',
            header: t('name'),
            isLead: true,
            cell: (list) => (
              <TextLink isQuiet href={`/lists/${list.id}`} className="font-medium">
                {list.name}
              </TextLink>
            ),
          },
          {
            key: 'people',
            header: t('people'),
            isNumber: true,
            cell: (list) => (
              <TextLink isQuiet href={`/lists/${list.id}`}>
                {format.number(list.people)}
              </TextLink>
            ),
          },
          {
            key: 'import',
            header: t('lastImport'),
            cell: (list) => <LastImport list={list} zone={zone} />,
          },
          {
            key: 'created',
            header: t('created'),
            cell: (list) => <Time at={list.createdAt.getTime()} zone={zone} />,
          },
        ]}
      />
    </Card>
  );
}

function LastImport({ list, zone }: { list: ListRow; zone: string }) {
  const t = useTranslations('lists');
  const { lastImport } = list;
  if (!lastImport) return <span className="text-ink-faint">{t('neverImported')}</span>;
  const isLive = ['uploading', 'mapping', 'queued', 'running'].includes(lastImport.state);
  return (
    <TextLink isQuiet href={`/lists/${list.id}/import/${lastImport.id}`}>
      {isLive ? (
        <Badge tone="accent">{t('importing')}</Badge>
      ) : (
        <Time at={lastImport.createdAt.getTime()} zone={zone} style="short" />
      )}
    </TextLink>
  );
}

export interface ListsTableProps {
  lists: ListRow[];
  zone: string;
  canChange: boolean;
}
