import { PageHeader, Tabs } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { ListDetail } from '../queries/read-list.ts';
import { ListMenu } from './list-menu.tsx';

/** The head of every page of a list. `actions` stand before rename and delete. */
export function ListHead({ list, tab, canChange, canDelete, actions }: ListHeadProps) {
  const t = useTranslations('lists');
  const base = `/lists/${list.id}`;
  return (
    <>
      <PageHeader
        title={list.name}
        crumbs={[{ href: '/lists', label: t('title') }]}
        actions={
          canChange && (
            <>
              {actions}
              <ListMenu listId={list.id} name={list.name} canDelete={canDelete} />
            </>
          )
        }
      />
      <Tabs
        label={t('tabs')}
        current={tab}
        items={[
          { key: 'people', href: base, label: t('peopleTab') },
          { key: 'imports', href: `${base}/import`, label: t('importsTab') },
        ]}
      />
    </>
  );
}

export interface ListHeadProps {
  list: ListDetail;
  tab: 'people' | 'imports';
  canChange: boolean;
  canDelete: boolean;
  actions?: ReactNode;
}
