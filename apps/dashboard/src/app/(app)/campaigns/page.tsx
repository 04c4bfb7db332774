import { Card, PageHeader, Pagination } from '@hikyaku/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { CampaignList } from '#features/campaigns/components/campaign-list.tsx';
import { NewCampaignButton } from '#features/campaigns/components/new-campaign-button.tsx';
import { listCampaigns } from '#features/campaigns/queries/list-campaigns.ts';
import { requireTenant } from '#server/context.ts';
import { one, type PageInput } from '#server/page.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('campaigns'))('title') };
}

export default async function CampaignsPage({ searchParams }: PageInput) {
  const { run, tenant, isReadOnly } = await requireTenant();
  const after = one((await searchParams).after);
  const t = await getTranslations('campaigns');
  const { rows, next } = await run((scope) => listCampaigns(scope, { after }));
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('lead')}
        actions={!isReadOnly && rows.length > 0 && <NewCampaignButton />}
      />
      <Card isFlush>
        <CampaignList rows={rows} zone={tenant.zone} mayEdit={!isReadOnly} />
        <Pagination
          label={t('list.pages')}
          first={after ? { href: '/campaigns', label: t('list.first') } : undefined}
          next={next ? { href: `/campaigns?after=${next}`, label: t('list.next') } : undefined}
        />
      </Card>
    </>
  );
}
