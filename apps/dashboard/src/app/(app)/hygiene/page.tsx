import { PageHeader } from '@hikyaku/ui';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { OwnHygieneView } from '#features/hygiene/components/own-hygiene-view.tsx';
import { readOwnHygiene } from '#features/hygiene/queries/own-hygiene.ts';
import { requireTenant } from '#server/context.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('hygiene'))('title') };
}

export default async function HygienePage() {
  const context = await requireTenant();
  const own = await readOwnHygiene(context);
  const t = await getTranslations('hygiene');
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <OwnHygieneView own={own} zone={context.tenant.zone} />
    </>
  );
}
