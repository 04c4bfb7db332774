import { Card, LinkButton, PageHeader } from '@hikyaku/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { TemplateList } from '#features/templates/components/template-list.tsx';
import { listTemplates } from '#features/templates/queries/list-templates.ts';
import { requireTenant } from '#server/context.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('templates'))('title') };
}

export default async function TemplatesPage() {
  const { run, tenant, isReadOnly } = await requireTenant();
  const t = await getTranslations('templates');
  const rows = await run(listTemplates);
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('lead')}
        actions={
          !isReadOnly && (
            <LinkButton variant="primary" icon="plus" href="/templates/new">
              {t('new')}
            </LinkButton>
          )
        }
      />
      <Card isFlush>
        <TemplateList rows={rows} zone={tenant.zone} mayEdit={!isReadOnly} />
      </Card>
    </>
  );
}
